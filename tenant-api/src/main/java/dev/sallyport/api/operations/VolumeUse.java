package dev.sallyport.api.operations;

/**
 * How full something is that records need room in.
 *
 * @param volume its name: {@code data}, {@code database}
 * @param used bytes
 * @param capacity bytes, used and still free together; positive
 */
public record VolumeUse(String volume, long used, long capacity) {
    /** Returns how full it is, in hundredths, rounded down. */
    public int percent() {
        return (int) Math.min(100, Math.max(0, used) * 100.0 / Math.max(1, capacity));
    }
}
