package dev.sallyport.api.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.process.SimpleModel;
import dev.sallyport.api.web.ProblemCode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Calls from outside, over HTTP. */
final class Interface implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    Interface(int port) {
        url = "http://127.0.0.1:" + port;
    }

    HttpResponse<String> get(String path, String key) {
        return call("GET", path, key, "");
    }

    HttpResponse<String> post(String path, String key, String body) {
        return call("POST", path, key, body);
    }

    HttpResponse<String> put(String path, String key, String body) {
        return call("PUT", path, key, body);
    }

    HttpResponse<String> delete(String path, String key) {
        return call("DELETE", path, key, "");
    }

    /** A call with a JSON body, or none where it is empty; and with no credential where the key is empty. */
    HttpResponse<String> call(String method, String path, String key, String body) {
        return call(method, path, key, body, body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json"));
    }

    /** A call with headers of its own. */
    HttpResponse<String> call(String method, String path, String key, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                request(method, path, key, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    HttpRequest.Builder request(String method, String path, String key, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body);
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks {@code simple}, with no purpose but the key's. */
    HttpResponse<String> infer(String key) {
        return post("/v2/models/simple/infer", key, SimpleModel.REQUEST);
    }

    static JsonObject json(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }

    static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** Checks that an answer has the status. */
    static HttpResponse<String> checkStatus(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode())
                .as("%s %s: %s", answer.request().method(), answer.uri(), answer.body())
                .isEqualTo(status);
        return answer;
    }

    /** Checks that an answer is a problem as RFC 9457 has it, with nothing of the server's inside. */
    static JsonObject checkProblem(HttpResponse<String> answer, ProblemCode code) {
        checkStatus(answer, code.status());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).doesNotContain("Exception", "\tat ", "at dev.", "at io.", "org.postgresql");
        JsonObject problem = json(answer);
        assertThat(problem.getString("code")).isEqualTo(code.name());
        assertThat(problem.getInteger("status")).isEqualTo(code.status());
        assertThat(problem.getString("type")).isEqualTo("urn:sallyport:error:" + code);
        assertThat(problem.getString("detail")).hasSizeBetween(5, 500);
        return problem;
    }

    @Override
    public void close() {
        client.close();
    }
}
