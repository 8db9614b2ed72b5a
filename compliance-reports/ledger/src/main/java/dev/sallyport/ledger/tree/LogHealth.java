package dev.sallyport.ledger.tree;

import java.time.Duration;
import java.util.Optional;

/**
 * How the log is on this node.
 *
 * @param refusal why this node signs nothing more: what is stored is not what was signed; empty while it does
 * @param lag the age of the oldest record without an index, at least the time for which nobody could look; zero when
 *     every record has one
 * @param rounds how many rounds the log has, as this node knows it
 */
public record LogHealth(Optional<String> refusal, Duration lag, long rounds) {
    /** The age of a record without an index that is an alarm. */
    public static final Duration LATE = Duration.ofSeconds(10);

    /** Returns this with a further reason to refuse, if there is one. */
    public LogHealth and(Optional<String> another) {
        return refusal.isPresent() ? this : new LogHealth(another, lag, rounds);
    }

    /** Tells whether a record has waited for its index for longer than {@link #LATE}. */
    public boolean late() {
        return lag.compareTo(LATE) > 0;
    }
}
