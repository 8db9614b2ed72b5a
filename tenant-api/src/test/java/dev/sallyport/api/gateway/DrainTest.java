package dev.sallyport.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a request that is under way when the server is told to stop. */
final class DrainTest {
    private static final long ANSWERED_AFTER_MS = 1_500;
    private static final long STOPPED_AFTER_MS = 300;

    private final GatewayFixture fixture = new GatewayFixture();
    /** Apart from the fixture's, which would share its free port. */
    private final Vertx vertx = Vertx.vertx();

    private final AtomicInteger port = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().await();
        fixture.close();
    }

    private void slow(HttpServerRequest request) {
        vertx.setTimer(ANSWERED_AFTER_MS, late -> {
            if (!request.response().closed()) {
                request.response().end("late").onFailure(Throwable::printStackTrace);
            }
        });
    }

    /** Begins a request and stops the server in its middle; returns when that is stopped. */
    private CompletableFuture<HttpResponse<String>> stoppedInTheMiddle(Duration drain) throws InterruptedException {
        String id = vertx.deployVerticle(
                        new HttpVerticle(fixture.gateway, this::slow, "127.0.0.1", 0, drain, port::set))
                .await();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/slow"))
                .build();
        var answer = fixture.client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        Thread.sleep(STOPPED_AFTER_MS);
        vertx.undeploy(id).await();
        return answer;
    }

    @Test
    void request_endingWithinTheDrain_isAnswered() throws Exception {
        HttpResponse<String> answer = stoppedInTheMiddle(Duration.ofSeconds(10)).get(5, TimeUnit.SECONDS);

        assertThat(answer.body()).isEqualTo("late");
    }

    @Test
    void request_longerThanTheDrain_isCutOff() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = stoppedInTheMiddle(Duration.ofMillis(100));

        assertThat(answer).failsWithin(1, TimeUnit.SECONDS).withThrowableOfType(ExecutionException.class);
    }
}
