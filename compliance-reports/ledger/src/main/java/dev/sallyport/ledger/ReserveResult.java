package dev.sallyport.ledger;

import dev.sallyport.policy.BudgetRule;
import java.time.Duration;
import java.time.Instant;

/** What became of a request for rows from budgets. */
public sealed interface ReserveResult {

    /**
     * All of them gave the rows.
     *
     * @param reservation to append with the record, or to release
     */
    record Reserved(Reservation reservation) implements ReserveResult {}

    /**
     * One of them has not so many rows left; none gave any.
     *
     * @param rule the first budget, in the order asked, that has not
     * @param remaining how many rows it has left, at least 0
     * @param reset when its window ends
     */
    record Exhausted(BudgetRule rule, long remaining, Instant reset) implements ReserveResult {}

    /**
     * What was used could not be read; none gave any.
     *
     * @param reason a sentence for the operator
     * @param retryAfter when to try again
     */
    record Unavailable(String reason, Duration retryAfter) implements ReserveResult {}
}
