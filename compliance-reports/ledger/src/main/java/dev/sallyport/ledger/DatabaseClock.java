package dev.sallyport.ledger;

import dev.sallyport.ledger.budget.DatabaseTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The database's time without asking it: a monotonic clock, set by the readings that flushes bring back. Windows of
 * budgets, record ids and decision times follow it, so a node whose own clock jumps charges no other window.
 *
 * <p>A reading was taken between the sending and the answer of its statement, so it bounds the difference of the two
 * clocks from both sides; the difference moves only when it leaves the bounds. Thread-safe.
 */
final class DatabaseClock implements DatabaseTime {
    private final LongSupplier ticks;

    /** Microseconds from tick 0 to the epoch of the database's clock. */
    private volatile long offsetMicros;

    DatabaseClock(LongSupplier ticks, Instant first) {
        this.ticks = ticks;
        this.offsetMicros = micros(first) - ticks.getAsLong() / 1_000;
    }

    @Override
    public long tick() {
        return ticks.getAsLong();
    }

    @Override
    public synchronized void adjust(long before, Instant read, long after) {
        long latest = micros(read) - before / 1_000;
        long earliest = micros(read) - after / 1_000;
        offsetMicros = Math.clamp(offsetMicros, earliest, latest);
    }

    @Override
    public Instant instant() {
        long micros = offsetMicros + ticks.getAsLong() / 1_000;
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }

    /** Returns how far a node's wall clock is ahead of the database's. */
    Duration ahead(InstantSource wall) {
        return Duration.between(instant(), wall.instant());
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
