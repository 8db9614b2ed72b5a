package dev.sallyport.api.operations;

import dev.sallyport.inference.lane.LaneListener;
import dev.sallyport.ledger.FlushListener;
import dev.sallyport.ledger.Health;
import dev.sallyport.ledger.LedgerRole;
import dev.sallyport.ledger.PoolState;
import dev.sallyport.ledger.tree.LogHealth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The metrics of a node, for Prometheus; docs/operations.md lists them. Every name begins with {@code sallyport_}; those
 * of model versions have the names that Triton gives its own after {@code nv_}. Labels are words of ours, model versions
 * that exist and, where the operator asks for it, tenants, each bounded in number; never what a caller wrote.
 */
public final class Metrics implements CallListener, AutoCloseable {
    /** Content-Type of {@link #scrape}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** Triton's counters do not end in {@code _total}, which the registry appends to every counter's name. */
    private static final Pattern TRITON =
            Pattern.compile("(?m)^((?:# (?:HELP|TYPE) )?sallyport_inference_\\w+?)_total\\b");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CallListener calls;
    private final LaneMeters lanes;
    private final FlushMeters flushes;
    /** What is asked at each scrape: the registry itself refers to it weakly. */
    private final List<Object> kept = new CopyOnWriteArrayList<>();

    /**
     * Makes the registry.
     *
     * @param tenantLabel whether calls are told apart by tenant
     */
    public Metrics(boolean tenantLabel) {
        var tenants = new TenantLabel(tenantLabel);
        var models = new ModelLabels();
        calls = new CallMeters(registry, tenants).and(new ModelCallMeters(registry, tenants, models));
        lanes = new LaneMeters(registry, models);
        flushes = new FlushMeters(registry);
        kept.add(new ProcessMeters(registry));
    }

    @Override
    public void ended(CallEnd end) {
        calls.ended(end);
    }

    /** What the lanes tell of their runs. */
    public LaneListener lanes() {
        return lanes;
    }

    /** What the ledger tells of its flushes. */
    public FlushListener flushes() {
        return flushes;
    }

    /** Shows whether the node is ready, at each scrape. */
    public void readiness(Readiness readiness) {
        Gauge.builder("sallyport.ready", readiness, of -> of.ready() ? 1 : 0)
                .description("1 while the node is ready, else 0")
                .strongReference(true)
                .register(registry);
    }

    /**
     * Shows how the ledger is, at each scrape. Called once, when the ledger is open.
     *
     * @param health the ledger's
     * @param pools the state of a role's connections
     */
    public void ledger(Supplier<Health> health, Function<LedgerRole, PoolState> pools) {
        kept.add(new LedgerMeters(registry, health));
        for (LedgerRole role : LedgerRole.values()) {
            kept.add(new PoolMeters(registry, role, () -> pools.apply(role)));
        }
    }

    /** Shows how the transparency log is, at each scrape. Called once, when the ledger is open. */
    public void log(Supplier<LogHealth> health) {
        kept.add(new LogMeters(registry, health));
    }

    /**
     * Shows how full volumes are, at each scrape, as of the watch's last look.
     *
     * @param watch over them
     * @param volumes their names
     */
    public void volumes(DiskWatch watch, List<String> volumes) {
        volumes.forEach(volume -> kept.add(new DiskMeters(registry, watch, volume)));
    }

    /** Returns all metrics in Prometheus's text format. */
    public String scrape() {
        return TRITON.matcher(registry.scrape("text/plain")).replaceAll("$1");
    }

    @Override
    public void close() {
        kept.clear();
        registry.close();
    }
}
