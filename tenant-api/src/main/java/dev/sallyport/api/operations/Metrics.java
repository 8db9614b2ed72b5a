package dev.sallyport.api.operations;

import dev.sallyport.api.oip.ErrorCode;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.lane.LaneListener;
import dev.sallyport.ledger.FlushListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a node, for Prometheus. Every name begins with {@code sallyport_}; those of models have the names that
 * Triton gives its own after {@code nv_}, among them no {@code _total}. Labels are words of ours, names of models and,
 * where the operator asks for it, tenants; never what a caller wrote.
 */
public final class Metrics implements CallListener, AutoCloseable {
    /** Content-Type of {@link #scrape}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Pattern TRITON =
            Pattern.compile("(?m)^((?:# (?:HELP|TYPE) )?sallyport_inference_\\w+?)_total\\b");
    private static final Set<String> KNOWN =
            Arrays.stream(ErrorCode.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final boolean tenantLabel;
    private final ConcurrentHashMap<CallKey, Timer> calls = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ModelKey, ModelMeters> models = new ConcurrentHashMap<>();
    private final JvmGcMetrics gc = new JvmGcMetrics();

    private record CallKey(String call, int status, String code, String tenant) {}

    private record ModelKey(ModelRef model, String tenant) {}

    /**
     * Makes the registry.
     *
     * @param tenantLabel whether calls and models are told apart by tenant
     */
    public Metrics(boolean tenantLabel) {
        this.tenantLabel = tenantLabel;
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.withName("sallyport." + id.getName());
            }
        });
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    @Override
    public void ended(CallEnd end) {
        String tenant = tenantLabel && end.tenant() != null ? end.tenant().value() : "";
        calls.computeIfAbsent(new CallKey(end.call(), end.status(), label(end.code()), tenant), this::callTimer)
                .record(Duration.ofNanos(end.nanos()));
        if (end.model() != null && end.call().equals("infer")) {
            model(end.model(), tenant).ended(end.status() == 200, end.nanos());
        }
    }

    /** Codes of policies are their authors' own words: they are all one here. */
    private static String label(@Nullable String code) {
        return code == null ? "" : KNOWN.contains(code) ? code : "POLICY";
    }

    private Timer callTimer(CallKey key) {
        Tags tags = Tags.of("call", key.call(), "status", Integer.toString(key.status()), "code", key.code());
        return Timer.builder("requests")
                .description("Requests answered, by what was asked and how it ended")
                .tags(tenantLabel ? tags.and("tenant", key.tenant()) : tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private ModelMeters model(ModelRef model, String tenant) {
        return models.computeIfAbsent(
                new ModelKey(model, tenant), key -> new ModelMeters(registry, key.model(), key.tenant(), tenantLabel));
    }

    /** What the lanes tell of their runs. */
    public LaneListener lanes() {
        return new LaneMetrics(ref -> model(ref, ""));
    }

    /** What the ledger tells of its flushes. */
    public FlushListener flushes() {
        return new FlushMetrics(registry);
    }

    /**
     * Shows a number that is asked for at each scrape.
     *
     * @param name words joined by dots, without the prefix
     * @param source kept
     */
    public <T> void gauge(String name, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value).strongReference(true).register(registry);
    }

    /** The registry, for what brings meters of its own, such as a connection pool; the prefix is added to each. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All metrics in Prometheus's text format. */
    public String scrape() {
        return TRITON.matcher(registry.scrape("text/plain")).replaceAll("$1");
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
