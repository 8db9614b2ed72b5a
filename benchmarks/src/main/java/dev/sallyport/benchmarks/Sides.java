package dev.sallyport.benchmarks;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import org.jspecify.annotations.Nullable;

/** The servers that are compared, each a process of its own on loopback. */
final class Sides implements AutoCloseable {
    /**
     * A server under measurement.
     *
     * @param name as printed
     * @param target where to send
     * @param server its process
     * @param database the process that its records go to, itself and all below it; null for none
     */
    record Side(
            String name,
            LoadClient.Target target,
            ProcessHandle server,
            @Nullable ProcessHandle database) {}

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final String MODEL = "credit-score";
    private static final String TENANT = "euro-credit";

    private final List<Process> processes = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path directory;
    private List<Side> all = List.of();

    private Sides(Path directory) {
        this.directory = directory;
    }

    /** Starts all; returns when each has answered once. */
    static Sides start() throws IOException, InterruptedException {
        Sides sides = new Sides(Files.createTempDirectory("comparison"));
        try {
            sides.startAll();
            return sides;
        } catch (IOException | InterruptedException | RuntimeException e) {
            sides.close();
            throw e;
        }
    }

    private void startAll() throws IOException, InterruptedException {
        JsonObject ready = startSallyport();
        JsonObject tenant = tenant(ready);
        String url = ready.getString("url");
        publishPolicies(url, ready.getJsonObject("admin").getString("key"));
        JsonObject input = input(url, tenant.getString("key"));
        Buffer body = body(input);
        Path artefact = artefact(url, tenant, ready.getJsonObject("auditor").getString("key"), body);
        Side ours = new Side(
                "sallyport, the whole path",
                new LoadClient.Target(
                        URI.create(url).getPort(), "/v2/models/" + MODEL + "/infer", tenant.getString("key"), body),
                ProcessHandle.of(ready.getLong("pid")).orElseThrow(),
                postgres());
        all = List.of(
                plain("plain, JsonObject", "json-object", artefact, input, body),
                plain("plain, our parser", "oip", artefact, input, body),
                ours);
    }

    List<Side> all() {
        return all;
    }

    private JsonObject startSallyport() throws IOException, InterruptedException {
        Path readyFile = directory.resolve("ready.json");
        java(List.of(
                "-jar",
                "tenant-api/target/sallyport.jar",
                "demo",
                "--port",
                "0",
                "--data",
                directory.resolve("data").toString(),
                "--ready-file",
                readyFile.toString()));
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(readyFile)) {
            if (System.nanoTime() > end) {
                throw new IOException("sallyport does not serve; see " + directory);
            }
            Thread.sleep(100);
        }
        return new JsonObject(Files.readString(readyFile));
    }

    private Side plain(String name, String reader, Path artefact, JsonObject input, Buffer body)
            throws IOException, InterruptedException {
        int port = freePort();
        Process process = java(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                PlainMain.class.getName(),
                artefact.toString(),
                reader,
                Integer.toString(port),
                Integer.toString(columns(input)),
                input.getString("name")));
        LoadClient.Target target = new LoadClient.Target(port, "/v2/models/" + MODEL + "/infer", "", body);
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers(target)) {
            if (System.nanoTime() > end) {
                throw new IOException(name + " does not serve; see " + directory);
            }
            Thread.sleep(100);
        }
        return new Side(name, target, process.toHandle(), null);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers(LoadClient.Target target) throws InterruptedException {
        try {
            return post("http://127.0.0.1:" + target.port() + target.path(), "", target.body())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private Process java(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Xmx1g");
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory
                        .resolve("process-" + processes.size() + ".log")
                        .toFile())
                .start();
        processes.add(process);
        return process;
    }

    private static JsonObject tenant(JsonObject ready) {
        return ready.getJsonArray("tenants").stream()
                .map(JsonObject.class::cast)
                .filter(tenant -> TENANT.equals(tenant.getString("id")))
                .findFirst()
                .orElseThrow();
    }

    /** One key, one purpose, one budget by key, top k and rounding; no text, no detectors, no rate. */
    private void publishPolicies(String url, String adminKey) throws IOException, InterruptedException {
        publish(url, adminKey, "/admin/v1/tenants/" + TENANT + "/policy", "bench-tenant.yaml");
        publish(url, adminKey, "/admin/v1/tenants/" + TENANT + "/models/" + MODEL + "/policy", "bench-standard.yaml");
    }

    private void publish(String url, String adminKey, String place, String file)
            throws IOException, InterruptedException {
        HttpRequest put = HttpRequest.newBuilder(URI.create(url + place))
                .header("X-API-Key", adminKey)
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofFile(
                        Path.of("benchmarks/src/main/policies").resolve(file)))
                .build();
        HttpResponse<String> answer = client.send(put, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("publishing " + file + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private JsonObject input(String url, String key) throws IOException, InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(URI.create(url + "/v2/models/" + MODEL))
                .header("X-API-Key", key)
                .build();
        return new JsonObject(client.send(get, BodyHandlers.ofString()).body())
                .getJsonArray("inputs")
                .getJsonObject(0);
    }

    private static int columns(JsonObject input) {
        return input.getJsonArray("shape").getInteger(1);
    }

    /** One row; the values do not matter, the number of digits does. */
    private static Buffer body(JsonObject input) {
        int columns = columns(input);
        JsonArray data = new JsonArray();
        for (int i = 0; i < columns; i++) {
            data.add(Math.round(Math.sin(i) * 1e4) / 1e4);
        }
        JsonObject tensor = new JsonObject()
                .put("name", input.getString("name"))
                .put("shape", new JsonArray().add(1).add(columns))
                .put("datatype", "FP32")
                .put("data", data);
        return new JsonObject().put("inputs", new JsonArray().add(tensor)).toBuffer();
    }

    /** The very file that Sallyport serves, found by the digest in the record of an answer. */
    private Path artefact(String url, JsonObject tenant, String auditorKey, Buffer body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = post(url + "/v2/models/" + MODEL + "/infer", tenant.getString("key"), body);
        String id = answer.headers()
                .firstValue("Sallyport-Record")
                .orElseThrow(() -> new IOException("no record: " + answer.body()));
        HttpRequest get = HttpRequest.newBuilder(URI.create(url + "/audit/v1/records/" + id))
                .header("X-API-Key", auditorKey)
                .build();
        String digest = new JsonObject(client.send(get, BodyHandlers.ofString()).body())
                .getJsonObject("model")
                .getString("digest");
        try (Stream<Path> files = Files.walk(directory.resolve("data").resolve("models"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(digest))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no artefact " + digest));
        }
    }

    private HttpResponse<String> post(String url, String key, Buffer body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.getBytes()));
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private ProcessHandle postgres() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data").resolve("postgres"), 3)) {
            Path pidFile = files.filter(file -> file.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow();
            return ProcessHandle.of(Long.parseLong(
                            Files.readAllLines(pidFile).getFirst().trim()))
                    .orElseThrow();
        }
    }

    /** Ends the servers, and removes what they wrote unless one of them did not start. */
    @Override
    public void close() throws IOException {
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
        if (all.isEmpty()) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
