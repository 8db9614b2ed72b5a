package dev.sallyport.api.gateway;

import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.operations.CallEnd;
import dev.sallyport.api.operations.Correlation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request under way: what it asks, and, for the log and the records of refusals, what has become known of it. Used on
 * its event loop only.
 */
final class Call {
    private final HttpServerRequest request;
    private final OipPath path;
    private final Correlation correlation;
    private final Context context;
    private final Duration timeout;
    private final long began = System.nanoTime();
    private @Nullable Caller caller;
    private @Nullable GrantedModel model;
    private int rows;
    private boolean worked;
    private @Nullable RateLimitFields limits;

    Call(HttpServerRequest request, OipPath path, Correlation correlation, Context context, Duration timeout) {
        this.request = request;
        this.path = path;
        this.correlation = correlation;
        this.context = context;
        this.timeout = timeout;
    }

    HttpServerRequest request() {
        return request;
    }

    OipPath path() {
        return path;
    }

    Correlation correlation() {
        return correlation;
    }

    /** The caller, once recognised. */
    @Nullable
    Caller caller() {
        return caller;
    }

    /** The model, once found. */
    @Nullable
    GrantedModel model() {
        return model;
    }

    void known(Caller recognised) {
        caller = recognised;
    }

    void found(GrantedModel granted) {
        model = granted;
    }

    void limited(RateLimitFields fields) {
        limits = fields;
    }

    /** How its rates and budgets stand, once they were asked. */
    @Nullable
    RateLimitFields limits() {
        return limits;
    }

    /** A worker gets to do something for it. */
    void handedOver() {
        worked = true;
    }

    /** Whether a model may have run for it. */
    boolean worked() {
        return worked;
    }

    void asked(int rowsAsked) {
        rows = rowsAsked;
    }

    /** Until when an answer is worth making, on the scale of {@link System#nanoTime}. */
    long deadlineNanos() {
        return began + timeout.toNanos();
    }

    /** How long a step may take from now: its own time or until the call's deadline, whichever is shorter. */
    Duration patience(Duration step) {
        long left = Math.max(0, deadlineNanos() - System.nanoTime());
        return Duration.ofNanos(Math.min(left, step.toNanos()));
    }

    /** A word of ours for what is asked. */
    String word() {
        return path.call().name().toLowerCase(Locale.ROOT);
    }

    /** Continues on this call's event loop; at once if the result is there. */
    <T> Future<T> here(Future<T> future) {
        if (future.isComplete()) {
            return future;
        }
        Promise<T> promise = Promise.promise();
        future.onComplete(
                value -> context.runOnContext(hop -> promise.complete(value)),
                failure -> context.runOnContext(hop -> promise.fail(failure)));
        return promise.future();
    }

    /** Continues on this call's event loop. */
    <T> Future<T> here(CompletionStage<T> stage) {
        Promise<T> promise = Promise.promise();
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                promise.tryComplete(value);
            } else {
                promise.tryFail(failure);
            }
        });
        return here(promise.future());
    }

    /** What metrics and log are told. */
    CallEnd end(int status, @Nullable String code, @Nullable String record) {
        return new CallEnd(
                word(),
                status,
                code,
                System.nanoTime() - began,
                caller == null ? null : caller.tenant(),
                caller == null ? null : caller.keyId(),
                model == null ? null : model.manifest().ref(),
                rows,
                record,
                correlation.request(),
                correlation.trace());
    }
}
