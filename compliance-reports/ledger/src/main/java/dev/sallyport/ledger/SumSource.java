package dev.sallyport.ledger;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Where the committed sums of budgets are read. */
interface SumSource {

    /**
     * Reads what one window was charged.
     *
     * @return the rows, at least 0; fails with a {@link LedgerException} when it cannot be read
     */
    CompletionStage<Long> used(String tenant, String budget, Instant window);
}
