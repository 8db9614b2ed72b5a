package dev.sallyport.api.process;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The demo, run from the jar in a process of its own on free ports, with a data directory that outlives it. */
final class DemoProcess implements AutoCloseable {
    /** A key of tenant acme-clinic, euro-credit, … as the ready file names it. */
    record Tenant(String id, String key, String purpose, List<String> models) {}

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path directory;
    private Process process;
    private JsonObject ready;

    private DemoProcess(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        this.process = launch();
        this.ready = awaitReady();
    }

    /** Starts the demo in a new directory; returns when it serves. */
    static DemoProcess start() throws IOException, InterruptedException {
        return new DemoProcess(Files.createTempDirectory("demo-process"));
    }

    /** Starts the demo in a directory that is made for it. */
    static DemoProcess start(Path directory) throws IOException, InterruptedException {
        return new DemoProcess(Files.createDirectory(directory));
    }

    /** Starts it again on the same data; returns when it serves. */
    void restart() throws IOException, InterruptedException {
        process = launch();
        ready = awaitReady();
    }

    private Process launch() throws IOException, InterruptedException {
        Files.deleteIfExists(readyFile());
        return new ProcessBuilder(Program.command(
                        "demo",
                        "--port",
                        "0",
                        "--data",
                        data().toString(),
                        "--ready-file",
                        readyFile().toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private JsonObject awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(readyFile())) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("the demo does not serve:\n" + Files.readString(log()));
            }
            Thread.sleep(50);
        }
        return new JsonObject(Files.readString(readyFile()));
    }

    Path data() {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("demo.log");
    }

    Path readyFile() {
        return directory.resolve("ready.json");
    }

    String url() {
        return ready.getString("url");
    }

    String authority() {
        return ready.getString("authority");
    }

    String management() {
        return ready.getString("management");
    }

    JsonObject ready() {
        return ready;
    }

    Tenant tenant(String id) {
        for (Object each : ready.getJsonArray("tenants")) {
            JsonObject tenant = (JsonObject) each;
            if (tenant.getString("id").equals(id)) {
                JsonArray models = tenant.getJsonArray("models");
                return new Tenant(
                        id,
                        tenant.getString("key"),
                        tenant.getString("purpose"),
                        models.stream().map(String::valueOf).toList());
            }
        }
        throw new IllegalArgumentException("no tenant " + id);
    }

    String adminKey() {
        return ready.getJsonObject("admin").getString("key");
    }

    String auditorKey() {
        return ready.getJsonObject("auditor").getString("key");
    }

    HttpResponse<String> get(String path, String key) throws IOException, InterruptedException {
        return send(request(path, key).GET().build());
    }

    HttpResponse<String> post(String path, String key, String body) throws IOException, InterruptedException {
        return send(request(path, key).POST(BodyPublishers.ofString(body)).build());
    }

    HttpRequest.Builder request(String path, String key) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(45))
                .header("Content-Type", "application/json");
        return key.isEmpty() ? builder : builder.header("X-API-Key", key);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    /** Every record of a tenant, oldest first, read page by page with the auditor's key. */
    List<JsonObject> records(String tenant) throws IOException, InterruptedException {
        List<JsonObject> records = new ArrayList<>();
        String cursor = "";
        do {
            HttpResponse<String> answer = get(
                    "/audit/v1/records?limit=500&tenant=" + tenant + (cursor.isEmpty() ? "" : "&cursor=" + cursor),
                    auditorKey());
            if (answer.statusCode() != 200) {
                throw new IOException("reading records: " + answer.statusCode() + " " + answer.body());
            }
            JsonObject page = new JsonObject(answer.body());
            page.getJsonArray("records").forEach(record -> records.add((JsonObject) record));
            cursor = page.getString("cursor", "");
        } while (!cursor.isEmpty());
        return records;
    }

    /** The server's process. */
    ProcessHandle server() {
        return process.toHandle();
    }

    /** The embedded Postgres' first process, as its own pid file names it. */
    ProcessHandle postgres() {
        try (Stream<Path> files = Files.walk(data().resolve("postgres"), 3)) {
            Path pidFile = files.filter(file -> file.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no postmaster.pid"));
            long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().trim());
            return ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("no process " + pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server has ended by itself after a signal. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
