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
final class FlushMeters implements FlushListener {
    private final DistributionSummary records;
    private final Timer wait;
    private final Timer duration;
    private final DistributionSummary roundRecords;
    private final Timer round;
    private final Counter failures;
    private final Counter stale;
    private final Counter refused;
    private final AtomicLong clockAheadNanos = new AtomicLong();

    FlushMeters(MeterRegistry registry) {
        records = DistributionSummary.builder("sallyport.flush.records")
                .description("Records that one flush wrote")
                .serviceLevelObjectives(Buckets.SIZES)
                .register(registry);
        wait = timer(registry, "sallyport.flush.wait", "Time that the oldest record of a flush had waited for it");
        duration = timer(registry, "sallyport.flush.duration", "Time of a flush, failed attempts included");
        roundRecords = DistributionSummary.builder("sallyport.round.records")
                .description("Records that one round gave an index")
                .register(registry);
        round = Timer.builder("sallyport.round.duration")
                .description("Time of a round of the log")
                .register(registry);
        failures = counter(registry, "sallyport.flush.failures", "Attempts to flush that failed and were repeated");
        stale = counter(registry, "sallyport.stale.calls", "Calls decided again because the state had changed");
        refused = counter(registry, "sallyport.records.refused", "Records refused because too many waited");
        TimeGauge.builder("sallyport.clock.ahead", clockAheadNanos, TimeUnit.NANOSECONDS, AtomicLong::get)
                .description("Time by which the node's clock is ahead of the database's")
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(Buckets.DURATIONS)
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
    public void round(int sequenced, Duration took) {
        roundRecords.record(sequenced);
        round.record(took);
    }

    @Override
    public void clock(Duration ahead) {
        clockAheadNanos.set(ahead.toNanos());
    }
}
