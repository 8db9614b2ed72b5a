package dev.sallyport.ledger;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.PoolStats;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what a connection pool tells. */
final class PoolTracker implements IMetricsTracker {
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private volatile @Nullable PoolStats stats;

    /** Told by the pool, once, when it is made. */
    PoolTracker of(PoolStats pool) {
        stats = pool;
        return this;
    }

    /** Told by the pool of waits in vain, too, whatever its name says. */
    @Override
    public void recordConnectionAcquiredNanos(long nanos) {
        waits.increment();
        waitedNanos.add(nanos);
    }

    @Override
    public void recordConnectionTimeout() {
        timeouts.increment();
    }

    PoolState state(int limit) {
        PoolStats now = stats;
        return new PoolState(
                now == null ? 0 : now.getActiveConnections(),
                now == null ? 0 : now.getIdleConnections(),
                now == null ? 0 : now.getPendingThreads(),
                limit,
                waits.sum(),
                Duration.ofNanos(waitedNanos.sum()),
                timeouts.sum());
    }
}
