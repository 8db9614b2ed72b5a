package dev.sallyport.api.operations;

import dev.sallyport.ledger.FlushListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the ledger tells of its flushes. */
final class FlushMetrics implements FlushListener {
    private final DistributionSummary records;
    private final Timer wait;
    private final Timer duration;
    private final Counter failures;
    private final Counter stale;
    private final Counter refused;
    private final AtomicLong clockAheadNanos = new AtomicLong();

    FlushMetrics(MeterRegistry registry) {
        records = DistributionSummary.builder("flush.records")
                .description("Records written by one flush")
                .serviceLevelObjectives(1, 2, 5, 10, 25, 50, 100, 250, 1000)
                .register(registry);
        wait = Timer.builder("flush.wait")
                .description("How long the oldest record of a flush had waited for it")
                .register(registry);
        duration = Timer.builder("flush.duration")
                .description("How long a flush took, failed attempts included")
                .register(registry);
        failures = counter(registry, "flush.failures", "Attempts to flush that failed and were repeated");
        stale = counter(registry, "stale.calls", "Calls decided again because the state had changed");
        refused = counter(registry, "records.refused", "Records refused because too many waited");
        TimeGauge.builder("clock.ahead", clockAheadNanos, TimeUnit.NANOSECONDS, AtomicLong::get)
                .description("How far this node's clock is ahead of the database's")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    @Override
    public void flushed(int written, Duration waited, Duration took) {
        records.record(written);
        wait.record(waited);
        duration.record(took);
    }

    @Override
    public void failed(String reason) {
        failures.increment();
    }

    @Override
    public void stale(int calls) {
        stale.increment(calls);
    }

    @Override
    public void refused() {
        refused.increment();
    }

    @Override
    public void clock(Duration ahead) {
        clockAheadNanos.set(ahead.toNanos());
    }
}
