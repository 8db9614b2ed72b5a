package dev.sallyport.torture;

import dev.sallyport.migrations.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The processes that are tortured: the first server with the PostgreSQL that it brings, and others that share it. It
 * starts again what has ended, as a service manager does, and in the end stops whatever it has started.
 */
final class Stage implements AutoCloseable {
    private static final long START_S = 180;
    private static final long RECOVERY_S = 150;
    private static final long RELAUNCH_MS = 1_000;

    /** Short, so that leases end while others hold on: both shorter and longer than pauses are. */
    private static final Map<String, String> LEASE = Map.of("SALLYPORT_LEDGER_LEASE", "2s");

    private final Path folder;
    private final Database database;
    private final Signals signals;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Long> launched = new HashMap<>();
    private @Nullable Probe probe;
    private volatile boolean closing;

    /** Asks a server whether it serves. */
    @FunctionalInterface
    interface Probe {
        /** Whether a call that is permitted was answered. */
        boolean isServed(Node node) throws InterruptedException;
    }

    /**
     * Prepares; nothing is started.
     *
     * @param folder where everything goes; exists
     * @param product what is started
     * @param count how many servers, 1 or 2
     */
    Stage(Path folder, Product product, int count, Signals signals) throws IOException {
        this.folder = folder;
        this.signals = signals;
        Path data = folder.resolve("data");
        this.database = new Database(data);
        List<String> words = new ArrayList<>(product.command());
        words.addAll(List.of("demo", "--port", "0", "--data", data.toString()));
        nodes.add(new Node("node-1", folder, words, () -> count > 1 ? LEASE : Map.of()));
        if (count > 1) {
            List<String> second = new ArrayList<>(product.command());
            second.addAll(List.of("serve", "--port", "0", "--data", shared(data).toString()));
            nodes.add(new Node("node-2", folder, second, () -> {
                Map<String, String> environment = new HashMap<>(database.environment());
                environment.putAll(LEASE);
                return environment;
            }));
        }
    }

    /** A data folder for the second server: the keys and the models are the first one's, as a shared volume would have them. */
    private Path shared(Path data) throws IOException {
        Path second = Files.createDirectories(folder.resolve("data-2"));
        for (String part : List.of("keys", "models")) {
            Path link = second.resolve(part);
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, data.resolve(part));
            }
        }
        return second;
    }

    /** Starts everything; returns when every server serves. */
    void start() throws IOException, InterruptedException {
        for (Node node : nodes) {
            launch(node);
            node.awaitReady(START_S);
        }
    }

    /** Says how it is asked whether a server serves again. */
    void probe(Probe by) {
        probe = by;
    }

    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** The server that brings PostgreSQL, with the demo's keys. */
    Node first() {
        return nodes.getFirst();
    }

    Database database() {
        return database;
    }

    /**
     * Starts what has ended, lets PostgreSQL commit as usual, and waits until every server answers a call.
     *
     * @return false if that took too long
     */
    boolean recover() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(RECOVERY_S);
        boolean usual = false;
        List<Node> silent = new ArrayList<>(nodes);
        while (!usual || !silent.isEmpty()) {
            if (System.nanoTime() > end) {
                return false;
            }
            for (Node node : nodes) {
                relaunch(node);
            }
            usual = usual || isUsual();
            if (usual) {
                silent.removeIf(this::isServed);
            }
            Thread.sleep(50);
        }
        return true;
    }

    private boolean isServed(Node node) {
        Probe by = probe;
        try {
            return node.noticeReady() && by != null && by.isServed(node);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isUsual() {
        try {
            database.letCommit();
            return true;
        } catch (SQLException | DatabaseException e) {
            return false;
        }
    }

    private void relaunch(Node node) throws IOException {
        long last = launched.getOrDefault(node, 0L);
        boolean due = System.nanoTime() - last > TimeUnit.MILLISECONDS.toNanos(RELAUNCH_MS);
        if (!node.isAlive() && due && (node == first() || database.isThere())) {
            launch(node);
        }
    }

    private synchronized void launch(Node node) throws IOException {
        if (closing) {
            return;
        }
        try {
            launched.put(node, System.nanoTime());
            node.launch();
        } catch (DatabaseException e) {
            // The PostgreSQL that it shares is not there yet: it is tried again.
            launched.put(node, System.nanoTime());
        }
    }

    /** Stops every process that was started, PostgreSQL's too, the last by its number. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        database.close();
        try {
            List<Long> pids = new ArrayList<>(database.processes());
            nodes.stream().filter(Node::isAlive).forEach(node -> pids.add(node.pid()));
            signals.send("CONT", pids);
            for (Node node : nodes.reversed()) {
                node.stop();
            }
            signals.send("KILL", database.processes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
