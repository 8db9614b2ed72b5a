package dev.sallyport.ledger.budget;

import java.time.Instant;
import java.time.InstantSource;

/** The database's time as a node knows it, corrected by every reading that a statement brings back. Thread-safe. */
public interface DatabaseTime extends InstantSource {
    /** Returns a reading of a monotonic clock, in nanoseconds. */
    long tick();

    /**
     * Takes a reading of the database's clock.
     *
     * @param before the tick before the statement was sent
     * @param read what the database's clock said
     * @param after the tick after its answer came
     */
    void adjust(long before, Instant read, long after);
}
