package dev.sallyport.ledger;

import java.time.Duration;

/** What became of an {@link Append}. */
public sealed interface AppendResult {

    /**
     * The record and its charges are durable: the answer may leave.
     *
     * @param recordId the record's id
     * @param receipt the node's signed word that the record will be in the log, as its compact text
     */
    record Committed(String recordId, String receipt) implements AppendResult {}

    /**
     * The state under which the call was decided has changed; nothing was written, and what was reserved is free
     * again. Decide again.
     */
    record Stale() implements AppendResult {}

    /**
     * It could not be made durable before the deadline. The answer must not leave. Where the database stopped
     * answering in the middle, the record may yet turn out to be written, and its reservation is held until that is
     * known.
     *
     * @param reason a sentence for the operator
     * @param retryAfter when to try again
     */
    record Unavailable(String reason, Duration retryAfter) implements AppendResult {}
}
