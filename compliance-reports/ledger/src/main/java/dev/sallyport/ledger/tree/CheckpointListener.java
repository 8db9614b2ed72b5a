package dev.sallyport.ledger.tree;

/** Hears of every checkpoint that this node has signed or seen; called on the sequencer's thread, it must be quick. */
@FunctionalInterface
public interface CheckpointListener {
    /** Hears nothing. */
    CheckpointListener NONE = note -> {};

    /**
     * A checkpoint is in force.
     *
     * @param note the signed note
     */
    void signed(byte[] note);
}
