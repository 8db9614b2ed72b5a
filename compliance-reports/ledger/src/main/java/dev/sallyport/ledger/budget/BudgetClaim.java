package dev.sallyport.ledger.budget;

import dev.sallyport.policy.BudgetRule;

/**
 * Rows that a call asks of a budget.
 *
 * @param rule the budget's limit and window
 * @param identity what the budget is counted under: {@link BudgetRule#identity}, a person by handle
 * @param recorded the same as it stands in the record, which never holds a handle: a person by pseudonym
 * @param rows how many, at least 1
 */
public record BudgetClaim(BudgetRule rule, String identity, String recorded, long rows) {
    /** @throws IllegalArgumentException if no row is asked */
    public BudgetClaim {
        if (rows < 1) {
            throw new IllegalArgumentException("a reservation is of at least one row");
        }
    }
}
