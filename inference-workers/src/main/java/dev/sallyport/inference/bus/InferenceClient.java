package dev.sallyport.inference.bus;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.Job;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.lane.LoadResult;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Sends work to the workers. Its futures never fail: what goes wrong on the way is a reply like any other. */
public final class InferenceClient {
    /** How long a load may take before it counts as not ready; the load itself goes on. */
    private static final long LOAD_MILLIS = 60_000;

    /** Grace after a job's deadline, in which the worker's own answer is preferred to a guess. */
    private static final long GRACE_MILLIS = 100;

    private final EventBus bus;
    private final LongSupplier nanos;

    /**
     * @param bus of the Vert.x instance on which {@link InferenceCodec#register} was called
     * @param nanos the scale of jobs' deadlines, usually {@code System::nanoTime}
     */
    public InferenceClient(EventBus bus, LongSupplier nanos) {
        this.bus = bus;
        this.nanos = nanos;
    }

    /**
     * Has a job run.
     *
     * @return the worker's reply; {@link FailureKind#DEADLINE} if none came in time, {@link
     *     FailureKind#MODEL_UNAVAILABLE} if no worker is there
     */
    public Future<Reply> infer(Job job) {
        long left = TimeUnit.NANOSECONDS.toMillis(job.deadlineNanos() - nanos.getAsLong());
        DeliveryOptions options =
                new DeliveryOptions().setLocalOnly(true).setSendTimeout(Math.max(0, left) + GRACE_MILLIS);
        return bus.<Reply>request(InferenceAddresses.JOBS, job, options)
                .map(Message::body)
                .otherwise(InferenceClient::failed);
    }

    /**
     * Has a model version loaded.
     *
     * @return whether it is ready, and why not
     */
    public Future<LoadResult> load(ModelRef ref) {
        DeliveryOptions options = new DeliveryOptions().setLocalOnly(true).setSendTimeout(LOAD_MILLIS);
        return bus.<LoadResult>request(InferenceAddresses.LOAD, new LoadRequest(ref), options)
                .map(Message::body)
                .otherwise(failure -> new LoadResult.NotReady("no worker answered"));
    }

    private static Reply failed(Throwable failure) {
        if (failure instanceof ReplyException reply) {
            return switch (reply.failureType()) {
                case TIMEOUT -> new Reply.Failed(FailureKind.DEADLINE, "the model did not answer in time");
                case NO_HANDLERS -> new Reply.Failed(FailureKind.MODEL_UNAVAILABLE, "no worker is there");
                case RECIPIENT_FAILURE, ERROR -> new Reply.Failed(FailureKind.MODEL_FAILED, "the worker failed");
            };
        }
        return new Reply.Failed(FailureKind.MODEL_FAILED, "the worker failed");
    }
}
