package dev.sallyport.api.operations;

import dev.sallyport.ledger.Health;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows how the ledger is, asked at each scrape. Must be kept for as long as its meters. */
final class LedgerMeters {
    private final MeterRegistry registry;
    private final Supplier<Health> health;

    LedgerMeters(MeterRegistry registry, Supplier<Health> health) {
        this.registry = registry;
        this.health = health;
        gauge("recording", "1 while records can be written, else 0", now -> now.recording() ? 1 : 0);
        gauge(
                "certified",
                "1 while a certificate covers the receipts that are given, else 0",
                now -> now.certified() ? 1 : 0);
        gauge("retired", "1 once another process has taken this node's place, else 0", now -> now.retired() ? 1 : 0);
        gauge("queue", "Records waiting for a flush", Health::waiting);
        sinceFlush();
    }

    private void gauge(String name, String description, ToDoubleFunction<Health> value) {
        Gauge.builder("sallyport.ledger." + name, health, now -> value.applyAsDouble(now.get()))
                .description(description)
                .register(registry);
    }

    private void sinceFlush() {
        TimeGauge.builder(
                        "sallyport.ledger.since.flush",
                        health,
                        TimeUnit.NANOSECONDS,
                        now -> now.get().sinceFlush().toNanos())
                .description("Time since a flush or a probe succeeded")
                .register(registry);
    }
}
