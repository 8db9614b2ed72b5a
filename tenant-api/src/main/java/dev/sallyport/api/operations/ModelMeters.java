package dev.sallyport.api.operations;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.lane.LaneListener.RunFigures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of one model version, with the names that Triton's have. Durations are sums in microseconds. */
final class ModelMeters {
    private static final double NANOS = 1_000.0;

    private final MeterRegistry registry;
    private final Tags tags;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter success;
    private final Counter failure;
    private final Counter requestMicros;
    private final Counter rows;
    private final Counter runs;
    private final Counter queueMicros;
    private final Counter inputMicros;
    private final Counter inferMicros;
    private final Counter outputMicros;

    ModelMeters(MeterRegistry registry, ModelRef model, String tenant, boolean tenantLabel) {
        this.registry = registry;
        Tags own = Tags.of(
                "model", model.model().value(), "version", model.version().value());
        this.tags = tenantLabel ? own.and("tenant", tenant) : own;
        success = counter("request_success", "Requests answered");
        failure = counter("request_failure", "Requests refused or failed after their model was found");
        requestMicros = counter("request_duration_us", "Time of requests from first byte to answer");
        rows = counter("count", "Rows that models ran on");
        runs = counter("exec_count", "Runs, each of one batch");
        queueMicros = counter("queue_duration_us", "Time of jobs in their lane's queue");
        inputMicros = counter("compute_input_duration_us", "Time of runs for checking and joining inputs");
        inferMicros = counter("compute_infer_duration_us", "Time of runs in the model itself");
        outputMicros =
                counter("compute_output_duration_us", "Time of runs for dividing, shaping and releasing outputs");
        Gauge.builder("inference.pending_request_count", waiting, AtomicInteger::get)
                .description("Jobs waiting in the lane")
                .tags(tags)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder("inference." + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    void ended(boolean answered, long nanos) {
        (answered ? success : failure).increment();
        requestMicros.increment(nanos / NANOS);
    }

    void queued(int jobs) {
        waiting.set(jobs);
    }

    void ran(RunFigures figures) {
        rows.increment(figures.rows());
        runs.increment();
        queueMicros.increment(figures.queueNanos() / NANOS);
        inputMicros.increment(figures.inputNanos() / NANOS);
        inferMicros.increment(figures.inferNanos() / NANOS);
        outputMicros.increment(figures.outputNanos() / NANOS);
    }

    void failed(FailureKind kind) {
        Counter.builder("lane.failures")
                .description("Jobs that ended without an answer")
                .tags(tags.and("kind", kind.name()))
                .register(registry)
                .increment();
    }
}
