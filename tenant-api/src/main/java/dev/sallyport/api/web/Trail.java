package dev.sallyport.api.web;

import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.operations.CallEnd;
import dev.sallyport.api.operations.CallListener;
import dev.sallyport.api.operations.Correlation;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known of one request, for its line in the log and its place in the metrics. Used on its event loop. */
final class Trail {
    private static final String NAME = Trail.class.getName();

    private final Correlation correlation;
    private final long start = System.nanoTime();
    private String operation = "unknown";
    private @Nullable Caller caller;
    private @Nullable String code;

    private Trail(Correlation correlation) {
        this.correlation = correlation;
    }

    /** Gives a request its ids, echoed in the answer, and has the listener told once it has been answered. */
    static void begin(RoutingContext context, Supplier<String> ids, CallListener ended) {
        Trail trail = new Trail(Correlation.of(context.request().headers(), ids));
        context.put(NAME, trail);
        context.response().putHeader(Correlation.REQUEST_ID, trail.correlation.request());
        String trace = trail.correlation.traceparent();
        if (trace != null) {
            context.response().putHeader(Correlation.TRACEPARENT, trace);
        }
        context.addEndHandler(done -> ended.ended(trail.end(context.response().getStatusCode())));
    }

    /** A request's trail, begun before. */
    static Trail of(RoutingContext context) {
        return Objects.requireNonNull(context.<Trail>get(NAME));
    }

    void operation(String id) {
        operation = id;
    }

    void caller(Caller known) {
        caller = known;
    }

    void refused(String why) {
        code = why;
    }

    String request() {
        return correlation.request();
    }

    private CallEnd end(int status) {
        Caller known = caller;
        return new CallEnd(
                operation,
                status,
                code,
                System.nanoTime() - start,
                known == null ? null : known.tenant(),
                known == null ? null : known.keyId(),
                null,
                0,
                null,
                correlation.request(),
                correlation.trace());
    }
}
