package dev.sallyport.torture;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One server: a process of the built product, started again and again on the same data. */
final class Node {
    private final String name;
    private final Path folder;
    private final List<String> words;
    private final Supplier<Map<String, String>> environment;
    private final Trace trace;
    private volatile @Nullable Process process;
    private volatile @Nullable JsonObject ready;

    /**
     * Prepares; nothing is started.
     *
     * @param name the node's name
     * @param folder where its log, trace and ready file go
     * @param words the whole command but the ready file
     * @param environment what else stands in its environment, asked at each start
     */
    Node(String name, Path folder, List<String> words, Supplier<Map<String, String>> environment) {
        this.name = name;
        this.folder = folder;
        this.words = List.copyOf(words);
        this.environment = environment;
        this.trace = new Trace(traceFile());
    }

    String name() {
        return name;
    }

    Trace trace() {
        return trace;
    }

    /** Starts it, and returns at once. */
    synchronized void launch() throws IOException {
        ready = null;
        Files.deleteIfExists(readyFile());
        List<String> command = new ArrayList<>(words);
        command.addAll(List.of("--ready-file", readyFile().toString()));
        ProcessBuilder builder = new ProcessBuilder(Signals.apart(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        Map<String, String> more = new LinkedHashMap<>(environment.get());
        more.put("SALLYPORT_NODE_NAME", name);
        more.put("SALLYPORT_LEDGER_TRACE", traceFile().toString());
        builder.environment().keySet().removeIf(key -> key.startsWith("SALLYPORT_"));
        builder.environment().putAll(more);
        process = builder.start();
    }

    /**
     * Waits until it serves.
     *
     * @throws CouldNotRun if it ends instead, or does not serve in time
     */
    void awaitReady(long seconds) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!Files.exists(readyFile())) {
            if (!isAlive() || System.nanoTime() > end) {
                throw new CouldNotRun(name + " does not serve; the end of its log: " + lastLines());
            }
            Thread.sleep(20);
        }
        ready = new JsonObject(Files.readString(readyFile()));
    }

    /** Takes notice of a ready file that was written meanwhile; whether it serves or has served. */
    boolean noticeReady() throws IOException {
        if (ready == null && isAlive() && Files.exists(readyFile())) {
            ready = new JsonObject(Files.readString(readyFile()));
        }
        return ready != null;
    }

    /** Where it serves, or null while it does not. */
    @Nullable
    String url() {
        JsonObject now = ready;
        return now == null ? null : now.getString("url");
    }

    /** What its ready file says. */
    JsonObject access() {
        JsonObject now = ready;
        if (now == null) {
            throw new CouldNotRun(name + " does not serve");
        }
        return now;
    }

    boolean isAlive() {
        Process now = process;
        return now != null && now.isAlive();
    }

    /** Its process id; 0 before the first start. */
    long pid() {
        Process now = process;
        return now == null ? 0 : now.pid();
    }

    /** Waits for its end; false if it has not come after the time. */
    boolean awaitEnd(long seconds) throws InterruptedException {
        Process now = process;
        return now == null || now.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** Asks it to stop and sees to it that it does. */
    void stop() throws InterruptedException {
        Process now = process;
        if (now == null || !now.isAlive()) {
            return;
        }
        now.destroy();
        if (!now.waitFor(40, TimeUnit.SECONDS)) {
            now.destroyForcibly().waitFor();
        }
    }

    private Path log() {
        return folder.resolve(name + ".log");
    }

    private Path traceFile() {
        return folder.resolve(name + ".trace");
    }

    private Path readyFile() {
        return folder.resolve(name + ".ready.json");
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 6), lines.size()));
    }
}
