package dev.sallyport.api.gateway;

import dev.sallyport.api.http.Framing;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Binds the gateway, and behind it the other routes, to a port. One instance an event loop. */
public final class HttpVerticle extends VerticleBase {
    private static final int IDLE_SECONDS = 75;
    private static final int MAX_HEADER_BYTES = 16_384;

    private final Gateway gateway;
    private final Handler<HttpServerRequest> others;
    private final String host;
    private final int port;
    private final Duration drain;
    private final IntConsumer bound;
    private @Nullable HttpServer server;

    /**
     * Prepares the server.
     *
     * @param others gets the requests that are not the inference protocol's
     * @param host address to listen on
     * @param port 0 for any free one, the same for all instances of one deployment
     * @param drain how long requests under way may take to end once the verticle is stopped; then they are cut off
     * @param bound told the port once it listens
     */
    public HttpVerticle(
            Gateway gateway,
            Handler<HttpServerRequest> others,
            String host,
            int port,
            Duration drain,
            IntConsumer bound) {
        this.gateway = gateway;
        this.others = others;
        this.host = host;
        this.port = port;
        this.drain = drain;
        this.bound = bound;
    }

    @Override
    public Future<?> start() {
        Handler<HttpServerRequest> ambiguous =
                gateway.malformed(vertx, request -> Framing.fault(request).orElseThrow());
        Handler<HttpServerRequest> sound = gateway.open(vertx, others);
        server = vertx.createHttpServer(options())
                .invalidRequestHandler(
                        gateway.malformed(vertx, request -> "the request line or a header is malformed or too long"))
                .requestHandler(request -> {
                    boolean clear = Framing.fault(request).isEmpty();
                    if (clear) {
                        Framing.guard(request);
                    }
                    (clear ? sound : ambiguous).handle(request);
                });
        // a negative port is a free one that a deployment's instances share
        return server.listen(port == 0 ? -1 : port, host).onSuccess(listening -> bound.accept(listening.actualPort()));
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.shutdown(drain.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                // HTTP/2 comes with TLS; in plain text its streams would pass by the bounds set for connections
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setCompressionSupported(true)
                .setMaxHeaderSize(MAX_HEADER_BYTES);
    }
}
