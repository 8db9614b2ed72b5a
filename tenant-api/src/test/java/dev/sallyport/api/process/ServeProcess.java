package dev.sallyport.api.process;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** {@code serve}, or the demo, run from the packaged jar on free ports. */
final class ServeProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Process process;
    private final JsonObject ready;

    private ServeProcess(Process process, JsonObject ready) {
        this.process = process;
        this.ready = ready;
    }

    /**
     * Starts it; returns when it serves.
     *
     * @param folder where its log and its ready file go
     * @param arguments what else it is started with
     */
    static ServeProcess start(Path folder, String... arguments) throws IOException, InterruptedException {
        return start("serve", folder, arguments);
    }

    /**
     * Starts a command that serves; returns when it does.
     *
     * @param command {@code serve} or {@code demo}
     * @param folder where its log and its ready file go
     * @param arguments what else it is started with
     */
    static ServeProcess start(String command, Path folder, String... arguments)
            throws IOException, InterruptedException {
        Path ready = folder.resolve("ready.json");
        Path log = folder.resolve("serve.log");
        List<String> words = new ArrayList<>(List.of(command, "--port", "0", "--ready-file", ready.toString()));
        words.addAll(List.of(arguments));
        Process process = new ProcessBuilder(Program.command(words.toArray(String[]::new)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(ready)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("it does not serve:\n" + Files.readString(log));
            }
            Thread.sleep(50);
        }
        return new ServeProcess(process, new JsonObject(Files.readString(ready)));
    }

    JsonObject ready() {
        return ready;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    HttpResponse<String> get(String path, String key) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(ready.getString("url") + path))
                .header("X-API-Key", key)
                .build());
    }

    HttpResponse<String> post(String path, String key, JsonObject body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(ready.getString("url") + path))
                .header("X-API-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.encode()))
                .build());
    }

    /** What a page of the management port says. */
    String manage(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(ready.getString("management") + path))
                        .build())
                .body();
    }

    /** Sends a request to a path, by whatever method. */
    HttpResponse<String> send(String path, String key, UnaryOperator<HttpRequest.Builder> more)
            throws IOException, InterruptedException {
        return send(more.apply(HttpRequest.newBuilder(URI.create(ready.getString("url") + path))
                        .timeout(Duration.ofSeconds(20))
                        .header("X-API-Key", key))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    /** Asks it to stop, as a supervisor does; returns its exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
