package dev.sallyport.api.http;

import dev.sallyport.api.http.BodyRefused.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies within bounds of size, time and memory. A body that is not taken is read on and thrown away, so that its
 * sender gets to see the answer, up to {@value #DRAINED_BYTES} bytes more than the longest one has; then the connection
 * is closed.
 * Thread-safe.
 */
public final class Bodies {
    private static final long DRAINED_BYTES = 32 << 20;
    private static final long SWEEP_MILLIS = 250;

    private final Vertx vertx;
    private final int longest;
    private final Duration timeout;
    private final BodyMemory memory;
    /** Swept, so that a body needs no timer of its own. */
    private final Set<Arriving> arriving = ConcurrentHashMap.newKeySet();

    /**
     * Makes a reader.
     *
     * @param longest bytes of the longest body, as sent
     * @param timeout how long a body may take to arrive
     * @param memory holds the bytes of all bodies of the node
     */
    public Bodies(Vertx vertx, int longest, Duration timeout, BodyMemory memory) {
        this.vertx = vertx;
        this.longest = longest;
        this.timeout = timeout;
        this.memory = memory;
        vertx.setPeriodic(SWEEP_MILLIS, id -> sweep(System.nanoTime()));
    }

    /** Reads a request's body; to be called on its event loop, before the request's handler returns. */
    public Arrival read(HttpServerRequest request) {
        Arriving body = new Arriving(request, vertx.getOrCreateContext());
        arriving.add(body);
        body.begin();
        return body;
    }

    private void sweep(long now) {
        for (Arriving body : arriving) {
            if (body.deadline - now <= 0) {
                body.context.runOnContext(hop -> body.late());
            }
        }
    }

    static BodyRefused noRoom() {
        return new BodyRefused(Reason.NO_ROOM, "too many bytes of requests are under way; try again");
    }

    /** One body on its way; used on its event loop, but for the claim. */
    private final class Arriving implements Arrival {
        private final HttpServerRequest request;
        private final Context context;
        private final Promise<Body> promise = Promise.promise();
        private final long deadline = System.nanoTime() + timeout.toNanos();
        private final BodyMemory.Claim claim = memory.claim();
        private @Nullable Buffer content;
        private @Nullable BodyRefused verdict;
        private long received;

        Arriving(HttpServerRequest request, Context context) {
            this.request = request;
            this.context = context;
        }

        void begin() {
            request.handler(this::take);
            request.endHandler(end -> end());
            request.exceptionHandler(gone -> fail(Reason.TIMEOUT, "the connection was lost"));
        }

        @Override
        public Future<Body> body() {
            return promise.future();
        }

        @Override
        public void release() {
            arriving.remove(this);
            claim.release();
            if (!promise.future().isComplete()) {
                // Nobody waits for it any more: what still comes is thrown away.
                context.runOnContext(hop -> fail(Reason.TIMEOUT, "the call is over"));
            }
        }

        private void take(Buffer chunk) {
            received += chunk.length();
            if (received > longest + DRAINED_BYTES) {
                giveUp();
            } else if (verdict == null && !promise.future().isComplete()) {
                if (received > longest) {
                    refuse(tooLarge());
                } else if (!claim.grow(chunk.length())) {
                    refuse(noRoom());
                } else {
                    content = content == null ? chunk : content.appendBuffer(chunk);
                }
            }
        }

        /** Says no once the sender has had its say. */
        private void refuse(BodyRefused refused) {
            verdict = refused;
            content = null;
            claim.release();
        }

        private void giveUp() {
            if (promise.future().isComplete()) {
                request.connection().close();
            } else {
                fail(verdict == null ? tooLarge() : verdict);
            }
        }

        private void late() {
            fail(verdict == null ? new BodyRefused(Reason.TIMEOUT, "the body did not arrive in time") : verdict);
        }

        private BodyRefused tooLarge() {
            return new BodyRefused(Reason.TOO_LARGE, "a body has at most " + longest + " bytes");
        }

        private void end() {
            if (verdict != null) {
                fail(verdict);
                return;
            }
            arriving.remove(this);
            Buffer all = content == null ? Buffer.buffer() : content;
            content = null;
            promise.tryComplete(new Body(all, request.getHeader("Content-Encoding"), claim));
        }

        private void fail(Reason reason, String sentence) {
            fail(new BodyRefused(reason, sentence));
        }

        private void fail(BodyRefused refused) {
            arriving.remove(this);
            content = null;
            promise.tryFail(refused);
        }
    }
}
