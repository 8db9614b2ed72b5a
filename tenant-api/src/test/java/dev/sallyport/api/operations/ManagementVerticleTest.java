package dev.sallyport.api.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.ledger.Health;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The management server, really listening. */
final class ManagementVerticleTest {
    private static final String HOST = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanos = new AtomicLong();
    private final Liveness liveness = new Liveness(nanos::get);
    private final Readiness readiness = new Readiness();
    private final Metrics metrics = new Metrics(false);
    private final AtomicInteger port = new AtomicInteger();
    private final AtomicBoolean recording = new AtomicBoolean(true);
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws Exception {
        deploy(0);
    }

    private void deploy(int onPort) throws Exception {
        var server = new ManagementVerticle(HOST, onPort, liveness, readiness, metrics, port::set);
        vertx.deployVerticle(server).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        metrics.close();
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port.get() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void serving() {
        readiness.serving(() -> new Health(recording.get(), Duration.ZERO, 0, 1, false, true, Duration.ZERO));
    }

    private void assertReady(int status, String word) throws Exception {
        HttpResponse<String> answer = send("GET", "/readyz");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(word + "\n");
    }

    @Test
    void readyz_throughTheNodesLife_saysWhyNot() throws Exception {
        assertReady(503, "starting");
        serving();
        assertReady(200, "ready");
        recording.set(false);
        assertReady(503, "not recording");
        recording.set(true);
        assertReady(200, "ready");
        readiness.draining();
        assertReady(503, "draining");
    }

    @Test
    void livez_notReady_is200() throws Exception {
        HttpResponse<String> answer = send("GET", "/livez");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("live\n");
    }

    @Test
    void metrics_scraped_areInPrometheusText() throws Exception {
        metrics.readiness(readiness);
        metrics.ended(Ends.answered());

        HttpResponse<String> answer = send("GET", "/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(Metrics.CONTENT_TYPE);
        assertThat(answer.body())
                .contains("sallyport_requests_total{call=\"infer\",status=\"200\"} 1.0")
                .contains("sallyport_ready 0.0");
    }

    @Test
    void unknownPath_any_is404AsPlainText() throws Exception {
        for (String path : new String[] {"/", "/metrics/", "/livez/x", "/v2/models", "/%3Cscript%3E"}) {
            HttpResponse<String> answer = send("GET", path);

            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
            assertThat(answer.body()).doesNotContain("script");
        }
    }

    @Test
    void post_any_is405WithWhatIsAllowed() throws Exception {
        HttpResponse<String> answer = send("POST", "/readyz");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void head_readyz_hasTheStatusAndNoBody() throws Exception {
        HttpResponse<String> answer = send("HEAD", "/readyz");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void start_portInUse_failsWithBindException() {
        assertThatThrownBy(() -> deploy(port.get())).hasRootCauseInstanceOf(BindException.class);
    }
}
