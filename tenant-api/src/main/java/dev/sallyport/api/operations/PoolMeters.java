package dev.sallyport.api.operations;

import dev.sallyport.ledger.LedgerRole;
import dev.sallyport.ledger.PoolState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** Shows how the connection pool of one database role is, asked at each scrape. */
final class PoolMeters {
    /** Says how the pool is. */
    @FunctionalInterface
    interface Source {
        PoolState now();
    }

    private final MeterRegistry registry;
    private final Source source;
    private final Tags tags;

    /** Must be kept for as long as its meters: the registry refers to the source weakly. */
    PoolMeters(MeterRegistry registry, LedgerRole role, Source source) {
        this.registry = registry;
        this.source = source;
        this.tags = Tags.of("pool", role.roleName());
        gauge("connections", "Connections of a database role", tags.and("use", "active"), PoolState::active);
        gauge("connections", "Connections of a database role", tags.and("use", "idle"), PoolState::idle);
        gauge("waiting", "Threads waiting for a connection", tags, PoolState::waiting);
        gauge("limit", "Connections that a role may hold", tags, PoolState::limit);
        timeouts();
        waits();
    }

    private void gauge(String name, String description, Tags with, ToIntFunction<PoolState> value) {
        Gauge.builder("sallyport.pool." + name, source, from -> value.applyAsInt(from.now()))
                .description(description)
                .tags(with)
                .register(registry);
    }

    private void timeouts() {
        FunctionCounter.builder(
                        "sallyport.pool.timeouts", source, from -> from.now().timeouts())
                .description("Waits for a connection that ended without one")
                .tags(tags)
                .register(registry);
    }

    private void waits() {
        FunctionTimer.builder(
                        "sallyport.pool.wait",
                        source,
                        from -> from.now().waits(),
                        from -> from.now().waited().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Time waited for a connection, in vain included")
                .tags(tags)
                .register(registry);
    }
}
