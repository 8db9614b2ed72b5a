package dev.sallyport.api.operations;

import dev.sallyport.ledger.tree.LogHealth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows how the transparency log is, asked at each scrape. Must be kept for as long as its meters. */
final class LogMeters {
    private final Supplier<LogHealth> health;

    LogMeters(MeterRegistry registry, Supplier<LogHealth> health) {
        this.health = health;
        TimeGauge.builder(
                        "sallyport.sequencer.lag",
                        this.health,
                        TimeUnit.NANOSECONDS,
                        now -> now.get().lag().toNanos())
                .description("Age of the oldest record without an index in the log, 0 when there is none")
                .register(registry);
        Gauge.builder(
                        "sallyport.log.signing",
                        this.health,
                        now -> now.get().refusal().isEmpty() ? 1 : 0)
                .description("1 while this node signs the log, 0 once what is stored is not what was signed")
                .register(registry);
        Gauge.builder("sallyport.log.rounds", this.health, now -> now.get().rounds())
                .description("Rounds of the log, as this node knows it")
                .register(registry);
    }
}
