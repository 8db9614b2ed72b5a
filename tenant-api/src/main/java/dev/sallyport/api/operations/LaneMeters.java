package dev.sallyport.api.operations;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.lane.LaneListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts what lanes tell of their runs. */
final class LaneMeters implements LaneListener {
    private final MeterRegistry registry;
    private final ModelLabels labels;
    private final ConcurrentHashMap<ModelLabels.Labels, ModelMeters> models = new ConcurrentHashMap<>();
    private final Set<ModelRef> loaded = ConcurrentHashMap.newKeySet();
    private final DistributionSummary batchRows;
    private final DistributionSummary batchJobs;
    private final Timer loads;

    LaneMeters(MeterRegistry registry, ModelLabels labels) {
        this.registry = registry;
        this.labels = labels;
        batchRows = sizes("sallyport.lane.batch.rows", "Rows of one run of a model");
        batchJobs = sizes("sallyport.lane.batch.jobs", "Jobs that one run of a model served");
        loads = Timer.builder("sallyport.lane.load")
                .description("Time of verifying and loading a model version")
                .register(registry);
        Gauge.builder("sallyport.lanes", loaded, Set::size)
                .description("Model versions that are loaded")
                .register(registry);
    }

    private DistributionSummary sizes(String name, String description) {
        return DistributionSummary.builder(name)
                .description(description)
                .serviceLevelObjectives(Buckets.SIZES)
                .register(registry);
    }

    private ModelMeters model(ModelRef ref) {
        return models.computeIfAbsent(labels.of(ref), of -> new ModelMeters(registry, of.tags()));
    }

    @Override
    public void queued(ModelRef ref, int waiting) {
        model(ref).queued(ref, waiting);
    }

    @Override
    public void ran(ModelRef ref, RunFigures figures) {
        model(ref).ran(figures);
        batchRows.record(figures.rows());
        batchJobs.record(figures.jobs());
    }

    @Override
    public void failed(ModelRef ref, FailureKind kind) {
        Counter.builder("sallyport.lane.failures")
                .description("Jobs that ended without an answer")
                .tags(labels.of(ref).tags().and("kind", kind.name()))
                .register(registry)
                .increment();
    }

    @Override
    public void loaded(ModelRef ref, long loadNanos) {
        loaded.add(ref);
        loads.record(loadNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void unloaded(ModelRef ref) {
        loaded.remove(ref);
        model(ref).unloaded(ref);
    }
}
