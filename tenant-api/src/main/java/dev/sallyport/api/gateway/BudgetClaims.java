package dev.sallyport.api.gateway;

import dev.sallyport.api.gateway.Stages.Admitted;
import dev.sallyport.api.identity.Caller;
import dev.sallyport.ledger.budget.BudgetClaim;
import dev.sallyport.ledger.budget.ReserveResult;
import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.BudgetScope;
import dev.sallyport.policy.ModelName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a call asks of its budgets: all its rows of each, and of one that counts people, each person's own rows.
 *
 * @param claims the claims
 * @param rows for each of them the numbers of its rows, from 0; empty where all are meant
 */
record BudgetClaims(List<BudgetClaim> claims, List<List<Integer>> rows) {
    private static final int MOST_ROWS_TOLD = 5;

    /**
     * Makes the claims of a call.
     *
     * @param handles what each of its subjects is counted under; not looked at where no budget counts people
     */
    static BudgetClaims of(Admitted admitted, Map<String, String> handles) {
        var claims = new BudgetClaims(new ArrayList<>(), new ArrayList<>());
        Caller caller = admitted.asked().addressed().caller();
        ModelName model = admitted.asked().addressed().model().alias();
        for (BudgetRule rule : admitted.admission().budgets()) {
            if (rule.scope().contains(BudgetScope.SUBJECT)) {
                claims.addPeople(admitted, rule, handles);
            } else {
                String identity = rule.identity(caller.tenant(), caller.lineage(), model, null);
                claims.add(
                        new BudgetClaim(
                                rule, identity, identity, admitted.facts().rows()),
                        List.of());
            }
        }
        return claims;
    }

    private void addPeople(Admitted admitted, BudgetRule rule, Map<String, String> handles) {
        Caller caller = admitted.asked().addressed().caller();
        ModelName model = admitted.asked().addressed().model().alias();
        List<String> subjects = admitted.asked().declared().subjects();
        Map<String, List<Integer>> rowsOf = new LinkedHashMap<>();
        for (int row = 0; row < subjects.size(); row++) {
            rowsOf.computeIfAbsent(subjects.get(row), subject -> new ArrayList<>())
                    .add(row);
        }
        rowsOf.forEach((subject, numbers) -> {
            String handle = Objects.requireNonNull(handles.get(subject), "a subject without a handle");
            String pseudonym = admitted.asked().pseudonyms().get(numbers.getFirst());
            add(
                    new BudgetClaim(
                            rule,
                            rule.identity(caller.tenant(), caller.lineage(), model, handle),
                            rule.identity(caller.tenant(), caller.lineage(), model, pseudonym),
                            numbers.size()),
                    numbers);
        });
    }

    private void add(BudgetClaim claim, List<Integer> numbers) {
        claims.add(claim);
        rows.add(numbers);
    }

    /** How many rows were asked of the budget that is spent. */
    long rows(ReserveResult.Exhausted exhausted) {
        return claims.get(exhausted.index()).rows();
    }

    /** Says by the numbers of rows for whom a budget is spent; nothing where it counts no people. */
    String whose(ReserveResult.Exhausted exhausted) {
        List<Integer> numbers = rows.get(exhausted.index());
        if (numbers.isEmpty()) {
            return "";
        }
        String told =
                numbers.stream().limit(MOST_ROWS_TOLD).map(String::valueOf).collect(Collectors.joining(", "));
        String more = numbers.size() > MOST_ROWS_TOLD ? " and more" : "";
        return " for the person of row" + (numbers.size() == 1 ? " " : "s ") + told + more + " (from 0)";
    }
}
