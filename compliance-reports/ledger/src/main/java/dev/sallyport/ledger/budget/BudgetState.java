package dev.sallyport.ledger.budget;

import dev.sallyport.policy.BudgetRule;
import java.time.Instant;

/**
 * What a budget has left, as far as this node knows: what other nodes hold and have not used counts as used, and what
 * they took since this node last asked, a second ago at most while it uses the budget, is not known yet.
 *
 * @param rule the budget's rule
 * @param remaining rows left under the rule's limit, at least 0
 * @param reset when more is there: the end of a calendar window, or when the oldest rows leave a sliding one
 */
public record BudgetState(BudgetRule rule, long remaining, Instant reset) {}
