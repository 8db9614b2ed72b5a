package dev.sallyport.api.gateway;

import dev.sallyport.ledger.budget.BudgetClaim;
import dev.sallyport.ledger.budget.ReserveResult;
import dev.sallyport.policy.TenantId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Budgets, as the gateway asks them; {@code ledger.budgets()::reserve}. */
@FunctionalInterface
public interface Reservations {
    /**
     * Reserves rows of several budgets, of all or of none.
     *
     * @return never fails
     */
    CompletionStage<ReserveResult> reserve(TenantId tenant, List<BudgetClaim> claims);
}
