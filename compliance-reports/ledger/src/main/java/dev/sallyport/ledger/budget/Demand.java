package dev.sallyport.ledger.budget;

import dev.sallyport.format.Charge;
import dev.sallyport.format.RecordBuilder;
import dev.sallyport.policy.BudgetWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** What one call asks, with the allowances that it comes from. Used under the lock of the call's tenant. */
final class Demand {
    private final Holdings holdings;
    private final List<BudgetClaim> claims;
    private final Map<String, Part> parts;

    /** Rows of one budget. Two rules may count the same thing under two limits: it is taken once, under the lower. */
    private record Part(Allowance allowance, BudgetClaim claim) {
        long rows() {
            return claim.rows();
        }
    }

    private Demand(Holdings holdings, List<BudgetClaim> claims, Map<String, Part> parts) {
        this.holdings = holdings;
        this.claims = claims;
        this.parts = parts;
    }

    /** Finds the allowances of a call that is made now. */
    static Demand of(Holdings holdings, String tenant, List<BudgetClaim> claims, Instant now) {
        Map<String, Part> parts = LinkedHashMap.newLinkedHashMap(claims.size());
        for (BudgetClaim claim : claims) {
            Part known = parts.get(claim.identity());
            if (known == null || claim.rule().limit() < known.allowance.key.limit()) {
                BudgetWindow window = claim.rule().window();
                var key = new Allowance.Key(
                        tenant,
                        claim.identity(),
                        window.start(now),
                        claim.rule().limit());
                Allowance allowance = holdings.allowances().get(key);
                if (allowance == null) {
                    allowance = holdings.allowances().computeIfAbsent(key, fresh -> new Allowance(fresh, claim.rule()));
                }
                parts.put(claim.identity(), new Part(allowance, claim));
            }
        }
        return new Demand(holdings, claims, parts);
    }

    boolean isCovered() {
        for (Part part : parts.values()) {
            if (part.allowance.free() < part.rows()) {
                return false;
            }
        }
        return true;
    }

    /** The allowances with the rows asked of each. */
    void forEach(ObjLongConsumer<Allowance> each) {
        parts.values().forEach(part -> each.accept(part.allowance, part.rows()));
    }

    /**
     * Reserves what is covered.
     *
     * @param budgets where the rows go back to
     */
    Reservation reserve(Budgets budgets) {
        List<Charge> charges = new ArrayList<>(parts.size());
        List<Share> shares = new ArrayList<>(parts.size());
        for (Part part : parts.values()) {
            part.allowance.reserve(part.rows());
            Allowance.Key key = part.allowance.key;
            long window = RecordBuilder.micros(key.start());
            charges.add(Charge.of(part.claim.recorded(), window, part.rows()));
            shares.add(new Share(key.tenant(), key.budget(), window, part.rows()));
        }
        return new Reservation(
                holdings.generation(), charges, shares, states(), used -> budgets.settle(holdings, this, used));
    }

    /** What each budget asked has left, in the order asked. */
    List<BudgetState> states() {
        List<BudgetState> states = new ArrayList<>(claims.size());
        for (BudgetClaim claim : claims) {
            Part part = parts.get(claim.identity());
            if (part == null) {
                throw new IllegalStateException("every claim has its part");
            }
            states.add(new BudgetState(
                    claim.rule(), part.allowance.remaining(claim.rule().limit()), part.allowance.reset()));
        }
        return states;
    }

    /** Says which budget has not what is asked of it; the first where nobody can tell. */
    ReserveResult.Exhausted exhausted() {
        List<BudgetState> states = states();
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i).remaining() < claims.get(i).rows()) {
                return new ReserveResult.Exhausted(states, i);
            }
        }
        return new ReserveResult.Exhausted(states, 0);
    }
}
