package dev.sallyport.ledger.budget;

import java.time.Duration;
import java.util.List;

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
     * @param states all that were asked, in that order
     * @param index the place of the first among them that has not
     */
    record Exhausted(List<BudgetState> states, int index) implements ReserveResult {
        /** Returns the budget that has not so many rows left. */
        public BudgetState spent() {
            return states.get(index);
        }
    }

    /**
     * What is left could not be found out; none gave any.
     *
     * @param reason a sentence for the operator
     * @param retryAfter when to try again
     */
    record Unavailable(String reason, Duration retryAfter) implements ReserveResult {}
}
