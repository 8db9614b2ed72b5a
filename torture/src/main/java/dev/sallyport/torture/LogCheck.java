package dev.sallyport.torture;

import dev.sallyport.format.Envelope;
import dev.sallyport.format.Ulid;
import dev.sallyport.format.log.RoundEntry;
import dev.sallyport.format.merkle.CompactRange;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.NodeSink;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every record has one leaf in its tenant's log, with its digest; the trees are built anew from the leaves, and have
 * every root that was ever shown of them.
 */
final class LogCheck implements Books.Check {
    private static final int FETCH = 200;
    private static final long FRESH_MS = 10_000;

    private final Database database;
    private final LogWatch watch;
    private final Violations violations;
    private final Map<String, Map<String, String>> digests = new TreeMap<>();
    private final Set<String> taken = new HashSet<>();
    private final List<String> late = new ArrayList<>();

    LogCheck(Database database, LogWatch watch, Violations violations) {
        this.database = database;
        this.watch = watch;
        this.violations = violations;
    }

    @Override
    public void see(Books.Entry entry) {
        digests.computeIfAbsent(entry.record().tenant(), any -> new HashMap<>())
                .put(entry.record().id(), entry.digest());
    }

    @Override
    public void end() {
        try (Connection auditor = database.auditor()) {
            for (Map.Entry<String, Map<String, String>> tenant : digests.entrySet()) {
                tenant(auditor, tenant.getKey(), tenant.getValue());
            }
            platform(auditor);
        } catch (SQLException e) {
            throw new CouldNotRun("the log cannot be read: " + e.getMessage(), e);
        }
    }

    private void tenant(Connection auditor, String tenant, Map<String, String> open) throws SQLException {
        Growing tree = new Growing(tenant);
        long last = 0;
        try (Statement statement = auditor.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet run = statement.executeQuery("SELECT first_index, sequenced_at, ids, digests, root"
                    + " FROM entry_runs WHERE tenant = '" + tenant + "' ORDER BY first_index")) {
                while (run.next()) {
                    if (run.getLong(1) != tree.size() || run.getLong(2) < last) {
                        violations.add("leaves", LogWatch.name(tenant) + " is out of order at " + run.getLong(1));
                    }
                    last = run.getLong(2);
                    String[] ids = (String[]) run.getArray(3).getArray();
                    byte[] all = run.getBytes(4);
                    for (int i = 0; i < ids.length; i++) {
                        String digest =
                                HexFormat.of().formatHex(Arrays.copyOfRange(all, i * Hash.BYTES, (i + 1) * Hash.BYTES));
                        leaf(tenant, ids[i], digest, open);
                        tree.append(Hash.leaf(new Envelope(tree.size(), last, digest).encode()));
                    }
                    tree.is(Hash.of(run.getBytes(5)));
                }
            }
        }
        tree.end();
        long now = Instant.now().toEpochMilli();
        open.keySet().stream()
                .filter(id -> Ulid.parse(id).instant().toEpochMilli() < now - FRESH_MS)
                .forEach(id -> violations.add("leaves", "the record " + id + " of " + tenant + " has no leaf"));
        for (String id : late) {
            if (!exists(auditor, tenant, id)) {
                violations.add("leaves", "a leaf of " + tenant + " is of no record: " + id);
            }
        }
        late.clear();
        taken.clear();
    }

    /** Records that were written since they were read. */
    private static boolean exists(Connection auditor, String tenant, String id) throws SQLException {
        try (PreparedStatement query = auditor.prepareStatement("SELECT FROM records WHERE tenant = ? AND id = ?")) {
            query.setString(1, tenant);
            query.setString(2, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private void leaf(String tenant, String id, String digest, Map<String, String> open) {
        violations.looked("leaves", 1);
        if (!taken.add(id)) {
            violations.add("leaves", "the record " + id + " of " + tenant + " has two leaves");
            return;
        }
        String record = open.remove(id);
        if (record == null) {
            late.add(id);
        } else if (!digest.equals(record)) {
            violations.add("leaves", "the leaf of " + id + " has another digest");
        }
    }

    private void platform(Connection auditor) throws SQLException {
        Growing tree = new Growing("");
        try (Statement statement = auditor.createStatement();
                ResultSet round = statement.executeQuery(
                        "SELECT index, sequenced_at, tenants, root FROM rounds ORDER BY index")) {
            while (round.next()) {
                tree.append(
                        new RoundEntry(round.getLong(1), round.getLong(2), round.getLong(3), Hash.of(round.getBytes(4)))
                                .leaf());
            }
        }
        tree.end();
    }

    /** A tree that is built anew, and compared with what was shown of it at each size. */
    private final class Growing {
        private final String tenant;
        private final Map<Long, Hash> shown;
        private final CompactRange range = new CompactRange();

        Growing(String tenant) {
            this.tenant = tenant;
            this.shown = new HashMap<>(watch.of(tenant));
            shown.remove(0L);
        }

        long size() {
            return range.size();
        }

        void append(Hash leaf) {
            range.append(leaf, NodeSink.NONE);
            Hash root = shown.remove(range.size());
            if (root != null) {
                violations.looked("consistent", 1);
                is(root);
            }
        }

        void is(Hash root) {
            if (!range.head().root().equals(root)) {
                violations.add(
                        "consistent", LogWatch.name(tenant) + " had another root when its size was " + range.size());
            }
        }

        void end() {
            shown.keySet()
                    .forEach(size -> violations.add(
                            "consistent", LogWatch.name(tenant) + " was shown with " + size + " leaves and has fewer"));
        }
    }
}
