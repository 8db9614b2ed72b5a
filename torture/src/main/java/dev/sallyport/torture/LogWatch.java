package dev.sallyport.torture;

import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.CheckpointVerdict;
import dev.sallyport.format.log.VerifierKey;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.TreeHead;
import dev.sallyport.migrations.DatabaseException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An outsider who looks at the log all the time and keeps every tree head that was ever shown: of the platform log,
 * under the name {@code ""}, the signed checkpoint's; of the tenants what the trees say. One size has one root.
 */
final class LogWatch implements Runnable, AutoCloseable {
    private static final long LOOK_EVERY_MS = 300;

    // Its own: a database is used by one thread.
    private final Database database;
    private final Violations violations;
    private final Map<String, TreeMap<Long, Hash>> seen = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("log-watch").unstarted(this);
    private volatile boolean stopped;

    /** @param data the data folder of the server that brings PostgreSQL */
    LogWatch(Path data, Violations violations) {
        this.database = new Database(data);
        this.violations = violations;
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        @Nullable Connection auditor = null;
        while (!stopped) {
            try {
                auditor = auditor == null ? database.auditor() : auditor;
                look(auditor);
                Thread.sleep(LOOK_EVERY_MS);
            } catch (SQLException | DatabaseException away) {
                auditor = null;
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(LOOK_EVERY_MS);
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    private void look(Connection auditor) throws SQLException {
        List<VerifierKey> keys = keys(auditor);
        try (Statement statement = auditor.createStatement();
                ResultSet row = statement.executeQuery("SELECT checkpoint FROM log_state")) {
            if (row.next() && row.getBytes(1).length > 0) {
                signed(row.getBytes(1), keys);
            }
        }
        try (Statement statement = auditor.createStatement();
                ResultSet row = statement.executeQuery("SELECT tenant, size, root FROM trees WHERE tenant <> ''")) {
            while (row.next()) {
                keep(row.getString(1), row.getLong(2), Hash.of(row.getBytes(3)));
            }
        }
        auditor.rollback();
    }

    /** The keys that the log has published. */
    static List<VerifierKey> keys(Connection auditor) throws SQLException {
        List<VerifierKey> keys = new ArrayList<>();
        try (Statement statement = auditor.createStatement();
                ResultSet row = statement.executeQuery("SELECT vkey FROM log_keys")) {
            while (row.next()) {
                keys.add(VerifierKey.parse(row.getString(1)));
            }
        }
        return keys;
    }

    private void signed(byte[] note, List<VerifierKey> keys) {
        if (Checkpoint.verify(note, keys) instanceof CheckpointVerdict.Valid valid) {
            TreeHead head = valid.checkpoint().head();
            keep("", head.size(), head.root());
        } else {
            violations.add("checkpoints", "not signed: " + new String(note, StandardCharsets.UTF_8));
        }
    }

    private synchronized void keep(String tenant, long size, Hash root) {
        Hash known = seen.computeIfAbsent(tenant, any -> new TreeMap<>()).put(size, root);
        if (known == null) {
            violations.looked("checkpoints", 1);
        } else if (!known.equals(root)) {
            violations.add("checkpoints", "two roots of size " + size + " of " + name(tenant));
        }
    }

    static String name(String tenant) {
        return tenant.isEmpty() ? "the platform log" : "the log of " + tenant;
    }

    /** The heads that were seen of a log: size to root. */
    synchronized Map<Long, Hash> of(String tenant) {
        return Map.copyOf(seen.getOrDefault(tenant, new TreeMap<>()));
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
