package dev.sallyport.api.operations;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.lane.LaneListener;
import java.util.function.Function;

/** Counts what lanes tell. */
final class LaneMetrics implements LaneListener {
    private final Function<ModelRef, ModelMeters> meters;

    LaneMetrics(Function<ModelRef, ModelMeters> meters) {
        this.meters = meters;
    }

    @Override
    public void queued(ModelRef ref, int waiting) {
        meters.apply(ref).queued(waiting);
    }

    @Override
    public void ran(ModelRef ref, RunFigures figures) {
        meters.apply(ref).ran(figures);
    }

    @Override
    public void failed(ModelRef ref, FailureKind kind) {
        meters.apply(ref).failed(kind);
    }

    @Override
    public void unloaded(ModelRef ref) {
        meters.apply(ref).queued(0);
    }
}
