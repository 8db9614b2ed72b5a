package dev.sallyport.api.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.ConcurrentHashMap;

/** Counts inference calls by model version, with the names that Triton has for it. */
final class ModelCallMeters implements CallListener {
    /** What the gateway calls an inference. */
    static final String INFER = "infer";

    private static final double NANOS = 1_000.0;

    private final MeterRegistry registry;
    private final TenantLabel tenants;
    private final ModelLabels models;
    private final ConcurrentHashMap<Key, Counters> counters = new ConcurrentHashMap<>();

    private record Key(ModelLabels.Labels model, String tenant) {}

    private record Counters(Counter success, Counter failure, Counter micros) {}

    ModelCallMeters(MeterRegistry registry, TenantLabel tenants, ModelLabels models) {
        this.registry = registry;
        this.tenants = tenants;
        this.models = models;
    }

    @Override
    public void ended(CallEnd end) {
        if (end.model() == null || !end.call().equals(INFER)) {
            return;
        }
        Key key = new Key(models.of(end.model()), tenants.of(end.tenant()));
        Counters of = counters.computeIfAbsent(key, this::counters);
        (end.status() == 200 ? of.success : of.failure).increment();
        of.micros.increment(end.nanos() / NANOS);
    }

    private Counters counters(Key key) {
        Tags tags = tenants.and(key.model().tags(), key.tenant());
        return new Counters(
                ModelMeters.counter(registry, tags, "request_success", "Inference calls answered"),
                ModelMeters.counter(registry, tags, "request_failure", "Inference calls refused, held or failed"),
                ModelMeters.counter(registry, tags, "request_duration_us", "Time of inference calls"));
    }
}
