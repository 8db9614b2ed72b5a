package dev.sallyport.inference.bus;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.Job;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.lane.Lanes;
import dev.sallyport.inference.lane.LoadResult;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;

/** Binds lanes to the event bus. Its handlers only hand over; models run on the lanes' own pool. */
public final class InferenceVerticle extends VerticleBase {
    private final Lanes lanes;

    /** @param lanes closed when this verticle stops */
    public InferenceVerticle(Lanes lanes) {
        this.lanes = lanes;
    }

    /** How to deploy it: one instance, on a worker thread of its own, away from the event loops. */
    public static DeploymentOptions options() {
        return new DeploymentOptions()
                .setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName("sallyport-jobs")
                .setWorkerPoolSize(1);
    }

    @Override
    public Future<?> start() {
        Future<Void> jobs = vertx.eventBus()
                .<Job>localConsumer(
                        InferenceAddresses.JOBS,
                        Replies.answering(
                                job -> Future.fromCompletionStage(lanes.submit(job)), InferenceVerticle::failed))
                .completion();
        Future<Void> loads = vertx.eventBus()
                .<LoadRequest>localConsumer(
                        InferenceAddresses.LOAD,
                        Replies.answering(
                                request -> Future.fromCompletionStage(lanes.load(request.ref())),
                                failure -> new LoadResult.NotReady("the worker failed")))
                .completion();
        return Future.all(jobs, loads);
    }

    @Override
    public Future<?> stop() {
        lanes.close();
        return Future.succeededFuture();
    }

    private static Reply failed(Throwable failure) {
        return new Reply.Failed(FailureKind.MODEL_FAILED, "the worker failed");
    }
}
