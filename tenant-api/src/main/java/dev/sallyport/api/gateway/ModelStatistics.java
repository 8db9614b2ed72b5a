package dev.sallyport.api.gateway;

import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Triton's statistics of models since the start, for each tenant its own calls only: how much others ask is nobody's
 * business. Lanes mix tenants, so what a lane measures (queue and compute times) is 0 here; the operator sees it in the
 * metrics. Thread-safe.
 */
final class ModelStatistics {
    private final ConcurrentHashMap<Key, Counts> counts = new ConcurrentHashMap<>();

    private record Key(TenantId tenant, ModelName alias, ModelVersion version) {}

    private static final class Counts {
        final LongAdder successes = new LongAdder();
        final LongAdder successNanos = new LongAdder();
        final LongAdder failures = new LongAdder();
        final LongAdder failureNanos = new LongAdder();
        final LongAdder rows = new LongAdder();
        final AtomicLong lastMillis = new AtomicLong();
    }

    /** Counts an inference that has ended. */
    void ended(TenantId tenant, GrantedModel model, boolean answered, int rows, long nanos, long nowMillis) {
        Counts own = counts(tenant, model);
        (answered ? own.successes : own.failures).increment();
        (answered ? own.successNanos : own.failureNanos).add(nanos);
        if (answered) {
            own.rows.add(rows);
            own.lastMillis.set(nowMillis);
        }
    }

    private Counts counts(TenantId tenant, GrantedModel model) {
        return counts.computeIfAbsent(
                new Key(tenant, model.alias(), model.manifest().version()), key -> new Counts());
    }

    /** The statistics of one version. */
    JsonObject of(TenantId tenant, GrantedModel model) {
        Counts own = counts(tenant, model);
        JsonObject inference = new JsonObject()
                .put("success", sums(own.successes.sum(), own.successNanos.sum()))
                .put("fail", sums(own.failures.sum(), own.failureNanos.sum()));
        for (String unknown : List.of("queue", "compute_input", "compute_infer", "compute_output")) {
            inference.put(unknown, sums(own.successes.sum(), 0));
        }
        inference.put("cache_hit", sums(0, 0)).put("cache_miss", sums(0, 0));
        JsonObject version = new JsonObject()
                .put("name", model.alias().value())
                .put("version", model.manifest().version().value())
                .put("last_inference", own.lastMillis.get())
                .put("inference_count", own.rows.sum())
                .put("execution_count", own.successes.sum())
                .put("inference_stats", inference)
                .put("batch_stats", new JsonArray());
        return new JsonObject().put("model_stats", new JsonArray().add(version));
    }

    private static JsonObject sums(long count, long nanos) {
        return new JsonObject().put("count", count).put("ns", nanos);
    }
}
