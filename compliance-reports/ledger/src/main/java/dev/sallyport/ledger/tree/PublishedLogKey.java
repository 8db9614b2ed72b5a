package dev.sallyport.ledger.tree;

import dev.sallyport.format.log.VerifierKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs or has signed checkpoints.
 *
 * @param key the key by which others verify; its name is the log's origin
 * @param since when it began to sign
 * @param until when it ends to sign; null while nothing is planned to replace it
 */
public record PublishedLogKey(
        VerifierKey key, Instant since, @Nullable Instant until) {
    /** Tells whether the key signs at a time. */
    public boolean signsAt(Instant time) {
        return !time.isBefore(since) && (until == null || time.isBefore(until));
    }
}
