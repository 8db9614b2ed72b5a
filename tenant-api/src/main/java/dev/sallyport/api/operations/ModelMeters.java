package dev.sallyport.api.operations;

import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.lane.LaneListener.RunFigures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a lane tells of one model version, with the names that Triton has for it. Durations are sums in microseconds.
 * Versions of one name and number with different owners are counted together.
 */
final class ModelMeters {
    private static final double NANOS = 1_000.0;

    private final ConcurrentHashMap<ModelRef, Integer> waiting = new ConcurrentHashMap<>();
    private final Counter rows;
    private final Counter runs;
    private final Counter queueMicros;
    private final Counter inputMicros;
    private final Counter inferMicros;
    private final Counter outputMicros;

    ModelMeters(MeterRegistry registry, Tags tags) {
        rows = counter(registry, tags, "count", "Rows that the model ran on");
        runs = counter(registry, tags, "exec_count", "Runs of the model, each of one batch");
        queueMicros = counter(registry, tags, "queue_duration_us", "Time of jobs in the lane's queue");
        inputMicros = counter(registry, tags, "compute_input_duration_us", "Time of checking and joining inputs");
        inferMicros = counter(registry, tags, "compute_infer_duration_us", "Time in the model itself");
        outputMicros = counter(registry, tags, "compute_output_duration_us", "Time of dividing and shaping outputs");
        Gauge.builder("sallyport.inference.pending_request_count", this, ModelMeters::waiting)
                .description("Jobs waiting in the lane")
                .tags(tags)
                .register(registry);
    }

    static Counter counter(MeterRegistry registry, Tags tags, String name, String description) {
        return Counter.builder("sallyport.inference." + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private double waiting() {
        return waiting.values().stream().mapToInt(Integer::intValue).sum();
    }

    void queued(ModelRef ref, int jobs) {
        waiting.put(ref, jobs);
    }

    void unloaded(ModelRef ref) {
        waiting.remove(ref);
    }

    void ran(RunFigures figures) {
        rows.increment(figures.rows());
        runs.increment();
        queueMicros.increment(figures.queueNanos() / NANOS);
        inputMicros.increment(figures.inputNanos() / NANOS);
        inferMicros.increment(figures.inferNanos() / NANOS);
        outputMicros.increment(figures.outputNanos() / NANOS);
    }
}
