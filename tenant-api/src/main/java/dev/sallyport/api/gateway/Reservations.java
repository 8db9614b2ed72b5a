package dev.sallyport.api.gateway;

import dev.sallyport.ledger.BudgetClaim;
import dev.sallyport.ledger.ReserveResult;
import dev.sallyport.policy.TenantId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Budgets, as the gateway asks them; {@code ledger.budgets()::reserve}. */
@FunctionalInterface
public interface Reservations {
    /**
     * Reserves rows of several budgets, of all or of none.
     *
     * @param rows at least 1
     * @return never fails
     */
    CompletionStage<ReserveResult> reserve(TenantId tenant, List<BudgetClaim> claims, long rows);
}
