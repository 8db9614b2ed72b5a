package dev.sallyport.ledger;

import java.time.Duration;

/** Hears what the ledger does; called on the flush's thread, so it must be quick and must not block. */
public interface FlushListener {
    /** Hears nothing. */
    FlushListener NONE = new FlushListener() {};

    /**
     * A flush was committed.
     *
     * @param records how many records it wrote, at least 1
     * @param wait how long the oldest of them had waited when it began
     * @param duration how long it took, failed attempts included
     */
    default void flushed(int records, Duration wait, Duration duration) {}

    /**
     * An attempt failed and will be repeated.
     *
     * @param reason a few words without data
     */
    default void failed(String reason) {}

    /**
     * Calls must be decided again.
     *
     * @param calls how many
     */
    default void stale(int calls) {}

    /** A record was refused because too many waited. */
    default void refused() {}

    /**
     * The node's own clock was compared with the database's.
     *
     * @param ahead how far it is ahead
     */
    default void clock(Duration ahead) {}

    /**
     * This node has made a round of the log; called on the sequencer's thread.
     *
     * @param records how many records got their index, at least 0
     * @param took how long it took
     */
    default void round(int records, Duration took) {}
}
