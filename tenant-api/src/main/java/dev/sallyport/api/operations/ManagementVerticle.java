package dev.sallyport.api.operations;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Serves {@code /livez}, {@code /readyz} and {@code /metrics} to those who can reach its address; no credential is asked
 * for. One instance, deployed before the database starts, so that a node that is still starting says so.
 */
public final class ManagementVerticle extends VerticleBase {
    private static final String TEXT = "text/plain";
    private static final Set<HttpMethod> READ = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final String host;
    private final int port;
    private final Liveness liveness;
    private final Readiness readiness;
    private final Metrics metrics;
    private final IntConsumer bound;

    /**
     * Prepares the server.
     *
     * @param host address to listen on
     * @param port 0 for any free one
     * @param bound told the port once it listens
     */
    public ManagementVerticle(
            String host, int port, Liveness liveness, Readiness readiness, Metrics metrics, IntConsumer bound) {
        this.host = host;
        this.port = port;
        this.liveness = liveness;
        this.readiness = readiness;
        this.metrics = metrics;
        this.bound = bound;
    }

    /** Binds; fails with {@link java.net.BindException} when the port is in use. */
    @Override
    public Future<?> start() {
        return vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(60))
                .requestHandler(this::answer)
                .listen(port, host)
                .onSuccess(this::bound);
    }

    private void bound(HttpServer listening) {
        bound.accept(listening.actualPort());
    }

    private void answer(HttpServerRequest request) {
        if (!READ.contains(request.method())) {
            request.response().putHeader("Allow", "GET, HEAD");
            answer(request, 405, TEXT, "only GET and HEAD are allowed\n");
            return;
        }
        String path = request.path();
        switch (path == null ? "" : path) {
            case "/livez" -> live(request, liveness.live());
            case "/readyz" -> ready(request, readiness.state());
            case "/metrics" -> scrape(request);
            default -> answer(request, 404, TEXT, "there are /livez, /readyz and /metrics\n");
        }
    }

    private static void live(HttpServerRequest request, boolean live) {
        health(request, live, live ? "live" : "an event loop is stuck");
    }

    private static void ready(HttpServerRequest request, Readiness.State state) {
        health(request, state == Readiness.State.READY, state.word());
    }

    private static void health(HttpServerRequest request, boolean well, String word) {
        request.response().putHeader("Cache-Control", "no-store");
        answer(request, well ? 200 : 503, TEXT, word + "\n");
    }

    private void scrape(HttpServerRequest request) {
        // Off the event loop: a scrape takes milliseconds, and calls may share the loop.
        vertx.executeBlocking(metrics::scrape, false)
                .onComplete(
                        text -> answer(request, 200, Metrics.CONTENT_TYPE, String.valueOf(text)),
                        failure -> answer(request, 500, TEXT, "the metrics could not be read\n"));
    }

    private static void answer(HttpServerRequest request, int status, String type, String text) {
        Buffer body = Buffer.buffer(text);
        HttpServerResponse response = request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Content-Length", Integer.toString(body.length()))
                .putHeader("X-Content-Type-Options", "nosniff");
        // Vert.x would send a body with the answer to HEAD, too.
        response.end(request.method().equals(HttpMethod.HEAD) ? Buffer.buffer() : body);
    }
}
