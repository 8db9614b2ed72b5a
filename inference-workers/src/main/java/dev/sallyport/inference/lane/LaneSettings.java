package dev.sallyport.inference.lane;

/**
 * Bounds of every lane.
 *
 * @param maxBatchRows rows that run together, at least 1; a job with more runs alone
 * @param queueLimit jobs that may wait in a lane, at least 1; further ones are rejected at once
 */
public record LaneSettings(int maxBatchRows, int queueLimit) {
    /** 32 rows, beyond which a run's time grows as fast as its rows, and 1,024 waiting jobs. */
    public static final LaneSettings DEFAULT = new LaneSettings(32, 1024);

    /** @throws IllegalArgumentException if a bound is not positive */
    public LaneSettings {
        if (maxBatchRows < 1 || queueLimit < 1) {
            throw new IllegalArgumentException("a lane runs at least one row and lets at least one job wait");
        }
    }
}
