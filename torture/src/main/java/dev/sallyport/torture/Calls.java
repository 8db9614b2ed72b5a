package dev.sallyport.torture;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The requests that are sent to the servers, over the loopback address. Thread-safe. */
final class Calls implements AutoCloseable {
    /** Longer than a server takes to answer 503. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final String prefix;
    private final AtomicLong number = new AtomicLong();

    /** @param prefix with which the ids of the requests begin: each is sent once */
    Calls(String prefix) {
        this.prefix = prefix;
    }

    /** A new id of a request. */
    String requestId() {
        return prefix + "-" + number.incrementAndGet();
    }

    /** Asks a model, for a person where one is named. */
    HttpResponse<String> infer(String url, String model, String key, String request, @Nullable String subject)
            throws IOException, InterruptedException {
        return client.send(
                to(url + "/v2/models/" + model + "/infer", key)
                        .header("X-Request-Id", request)
                        .POST(BodyPublishers.ofString(Policies.request(model, subject)))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> get(String url, String key) throws IOException, InterruptedException {
        return client.send(to(url, key).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String url, String key) throws IOException, InterruptedException {
        return client.send(to(url, key).DELETE().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String url, String key, JsonObject body) throws IOException, InterruptedException {
        return client.send(
                to(url, key).POST(BodyPublishers.ofString(body.encode())).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> putPolicy(String url, String key, String document) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(PATIENCE)
                        .header("X-API-Key", key)
                        .header("Content-Type", "application/yaml")
                        .PUT(BodyPublishers.ofString(document))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder to(String url, String key) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .header("X-API-Key", key)
                .header("Content-Type", "application/json");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
