package dev.sallyport.ledger;

import dev.sallyport.policy.BudgetRule;

/**
 * A budget from which rows are asked.
 *
 * @param rule the budget's limit and window
 * @param identity what the budget is counted under: {@link BudgetRule#identity}
 */
public record BudgetClaim(BudgetRule rule, String identity) {}
