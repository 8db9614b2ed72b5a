package dev.sallyport.inference.lane;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.ModelRef;

/**
 * Hears what lanes do, for metrics. Called on the lanes' threads; implementations neither block nor throw. Every method
 * does nothing unless overridden.
 */
public interface LaneListener {
    /** Hears nothing. */
    LaneListener NONE = new LaneListener() {};

    /**
     * Jobs waiting in a lane changed.
     *
     * @param waiting jobs queued and not yet taken
     */
    default void queued(ModelRef ref, int waiting) {}

    /** A run ended well. */
    default void ran(ModelRef ref, RunFigures figures) {}

    /** A job ended without an answer. */
    default void failed(ModelRef ref, FailureKind kind) {}

    /** A lane is ready. */
    default void loaded(ModelRef ref, long loadNanos) {}

    /** A lane was put away. */
    default void unloaded(ModelRef ref) {}

    /**
     * One run, times in nanoseconds.
     *
     * @param jobs jobs that ran together, at least 1
     * @param rows their rows
     * @param queueNanos sum over jobs of the time from arrival to being taken
     * @param inputNanos checking and joining inputs
     * @param inferNanos the model itself
     * @param outputNanos dividing, shaping and releasing outputs
     */
    record RunFigures(int jobs, int rows, long queueNanos, long inputNanos, long inferNanos, long outputNanos) {}
}
