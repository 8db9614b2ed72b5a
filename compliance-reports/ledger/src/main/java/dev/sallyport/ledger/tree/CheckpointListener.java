package dev.sallyport.ledger.tree;

import java.time.Duration;

/** Hears of rounds and checkpoints; called on the sequencer's thread, so it must be quick and must not block. */
public interface CheckpointListener {
    /**
     * A checkpoint is in force: this node or another has signed it.
     *
     * @param note the signed note
     */
    default void signed(byte[] note) {}

    /**
     * This node has made a round.
     *
     * @param records how many records it gave an index
     * @param took how long it took
     */
    default void round(int records, Duration took) {}
}
