package dev.sallyport.api.operations;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
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
        HttpServerResponse response = request.response();
        if (!READ.contains(request.method())) {
            answer(response.putHeader("Allow", "GET, HEAD"), 405, TEXT, "only GET and HEAD are allowed\n");
            return;
        }
        String path = request.path();
        switch (path == null ? "" : path) {
            case "/livez" -> live(response, liveness.live());
            case "/readyz" -> ready(response, readiness.state());
            case "/metrics" -> scrape(response);
            default -> answer(response, 404, TEXT, "there are /livez, /readyz and /metrics\n");
        }
    }

    private static void live(HttpServerResponse response, boolean live) {
        health(response, live, live ? "live" : "an event loop is stuck");
    }

    private static void ready(HttpServerResponse response, Readiness.State state) {
        health(response, state == Readiness.State.READY, state.word());
    }

    private void scrape(HttpServerResponse response) {
        // Off the event loop: a scrape takes milliseconds, and calls may share the loop.
        vertx.executeBlocking(metrics::scrape, false)
                .onComplete(
                        text -> answer(response, 200, Metrics.CONTENT_TYPE, String.valueOf(text)),
                        failure -> answer(response, 500, TEXT, "the metrics could not be read\n"));
    }

    private static void health(HttpServerResponse response, boolean well, String word) {
        answer(response.putHeader("Cache-Control", "no-store"), well ? 200 : 503, TEXT, word + "\n");
    }

    private static void answer(HttpServerResponse response, int status, String type, String body) {
        response.setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(body);
    }
}
