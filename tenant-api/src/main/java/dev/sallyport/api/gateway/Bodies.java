package dev.sallyport.api.gateway;

import dev.sallyport.api.oip.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies within bounds of size and time. A body that is too long is read on and thrown away, so that its sender
 * gets to see the answer, up to {@value #DRAIN_FACTOR} times the bound; then the connection is closed. One instance an
 * event loop, used on it only.
 */
final class Bodies {
    private static final int DRAIN_FACTOR = 4;
    private static final long SWEEP_MILLIS = 250;

    private final GatewaySettings settings;
    /** In the order of arrival, which is that of their deadlines: one sweep instead of a timer a request. */
    private final Set<Arriving> arriving = new LinkedHashSet<>();

    Bodies(Vertx vertx, GatewaySettings settings) {
        this.settings = settings;
        vertx.setPeriodic(SWEEP_MILLIS, id -> sweep(System.nanoTime()));
    }

    /**
     * Reads a request's body; to be called before the request's handler returns.
     *
     * @return the bytes, decompressed; fails with {@link CallRefused} (400, 408, 413, 415)
     */
    Future<byte[]> read(HttpServerRequest request) {
        Arriving body = new Arriving(request);
        arriving.add(body);
        body.begin();
        return body.promise
                .future()
                .map(buffer -> Inflation.inflate(
                        buffer.getBytes(), request.getHeader("Content-Encoding"), settings.maxInflatedBytes()));
    }

    private void sweep(long now) {
        Iterator<Arriving> oldestFirst = arriving.iterator();
        while (oldestFirst.hasNext()) {
            Arriving body = oldestFirst.next();
            if (body.deadline - now > 0) {
                return;
            }
            oldestFirst.remove();
            body.promise.tryFail(refused(ErrorCode.BODY_TIMEOUT, "the body did not arrive in time"));
        }
    }

    private static CallRefused refused(ErrorCode code, String sentence) {
        return new CallRefused(Denial.of(code, sentence));
    }

    /** One body on its way. */
    private final class Arriving {
        final Promise<Buffer> promise = Promise.promise();
        final long deadline = System.nanoTime() + settings.bodyTimeout().toNanos();
        private final HttpServerRequest request;
        private @Nullable Buffer content;
        private long received;

        Arriving(HttpServerRequest request) {
            this.request = request;
        }

        void begin() {
            request.handler(this::take);
            request.endHandler(end -> end());
            request.exceptionHandler(gone -> fail(ErrorCode.BODY_TIMEOUT, "the connection was lost"));
        }

        private void take(Buffer chunk) {
            received += chunk.length();
            if (received > settings.maxBodyBytes()) {
                content = null;
                if (received > (long) DRAIN_FACTOR * settings.maxBodyBytes()) {
                    fail(ErrorCode.BODY_TOO_LARGE, tooLarge());
                }
            } else if (!request.response().ended()) {
                content = content == null ? chunk : content.appendBuffer(chunk);
            }
        }

        private void end() {
            if (received > settings.maxBodyBytes()) {
                fail(ErrorCode.BODY_TOO_LARGE, tooLarge());
            } else {
                arriving.remove(this);
                promise.tryComplete(content == null ? Buffer.buffer() : content);
            }
        }

        private String tooLarge() {
            return "a body has at most " + settings.maxBodyBytes() + " bytes";
        }

        private void fail(ErrorCode code, String sentence) {
            arriving.remove(this);
            promise.tryFail(refused(code, sentence));
        }
    }
}
