package dev.sallyport.torture;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.Ulid;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the ledger as an auditor does and gives every record to the checks, in the order of its transactions. */
final class Books {
    private static final int FETCH = 2_000;
    private static final int AT_ONCE = 1_000;

    /** A record that is older than this and has no leaf raises the product's own alarm. */
    private static final long BEHIND_MS = 10_000;

    private final Database database;
    private final Violations violations;

    /**
     * A record as it stands in the ledger.
     *
     * @param xid the transaction that wrote it
     * @param digest the digest that was stored with it, lower-case hexadecimal
     */
    record Entry(long xid, String digest, AuditRecord record) {}

    /** A check that looks at each record once, in the order of the transactions. */
    interface Check {
        /** Looks at a record. */
        void see(Entry entry);

        /** Says what was found, when all were seen. */
        void end();
    }

    Books(Database database, Violations violations) {
        this.database = database;
        this.violations = violations;
    }

    /** Reads all records, each with a check of its own bytes. */
    void read(List<Check> checks) throws SQLException {
        try (Connection auditor = database.auditor();
                Statement statement = auditor.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery(
                    "SELECT xid::text::bigint, tenant, id, digest, record FROM records ORDER BY 1, id")) {
                while (rows.next()) {
                    AuditRecord record = intact(rows);
                    if (record != null) {
                        Entry entry = new Entry(rows.getLong(1), HexFormat.of().formatHex(rows.getBytes(4)), record);
                        checks.forEach(check -> check.see(entry));
                    }
                }
            }
        }
        checks.forEach(Check::end);
    }

    private @Nullable AuditRecord intact(ResultSet row) throws SQLException {
        violations.looked("intact", 1);
        byte[] bytes = row.getBytes(5);
        try {
            AuditRecord record = AuditRecord.parse(bytes);
            if (!Arrays.equals(Sha256.digest(bytes), row.getBytes(4))
                    || !record.id().equals(row.getString(3))
                    || !record.tenant().equals(row.getString(2))) {
                violations.add("intact", "record " + row.getString(3) + " is not what its row says");
            }
            return record;
        } catch (FormatException e) {
            violations.add("intact", "record " + row.getString(3) + ": " + e.getMessage());
            return null;
        }
    }

    /** Looks the records of some answers up: a check that is quick enough to follow each hit. */
    void answered(List<Answers.Answer> answers, String when) throws SQLException {
        Map<String, List<Answers.Answer>> byTenant =
                answers.stream().collect(Collectors.groupingBy(Answers.Answer::tenant));
        try (Connection auditor = database.auditor();
                PreparedStatement query =
                        auditor.prepareStatement("SELECT id FROM records WHERE tenant = ? AND id = ANY (?)")) {
            for (Map.Entry<String, List<Answers.Answer>> entry : byTenant.entrySet()) {
                List<String> ids =
                        entry.getValue().stream().map(Answers.Answer::record).toList();
                for (int from = 0; from < ids.size(); from += AT_ONCE) {
                    List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
                    Set<String> found = found(auditor, query, entry.getKey(), some);
                    violations.looked("answered", some.size());
                    some.stream()
                            .filter(id -> !found.contains(id))
                            .forEach(id -> violations.add(
                                    "answered", "the answer " + id + " was received and has no record, " + when));
                }
            }
        }
    }

    /**
     * Waits until the records of some answers have their leaves, for as long as the log may be behind without raising
     * an alarm.
     */
    void leaves(List<Answers.Answer> answers, String when) throws SQLException, InterruptedException {
        long began = System.nanoTime();
        List<Answers.Answer> open = answers;
        try (Connection auditor = database.auditor()) {
            while (!open.isEmpty()) {
                open = without(auditor, open);
                long waited = (System.nanoTime() - began) / 1_000_000;
                violations.longest("leaves", waited);
                if (!open.isEmpty() && waited > BEHIND_MS) {
                    open.forEach(answer -> violations.add(
                            "leaves",
                            "the answer " + answer.record() + " has no leaf after " + waited + " ms, " + when));
                    return;
                }
                auditor.rollback();
                Thread.sleep(50);
            }
        }
    }

    private static List<Answers.Answer> without(Connection auditor, List<Answers.Answer> answers) throws SQLException {
        try (PreparedStatement query = auditor.prepareStatement("SELECT u.place FROM unnest(?, ?)"
                + " WITH ORDINALITY AS u (tenant, id, place) LEFT JOIN (SELECT e.tenant, unnest(e.ids) AS id"
                + " FROM entry_runs e WHERE e.sequenced_at >= ?) l ON l.tenant = u.tenant AND l.id = u.id"
                + " WHERE l.id IS NULL")) {
            query.setArray(1, array(auditor, answers, Answers.Answer::tenant));
            query.setArray(2, array(auditor, answers, Answers.Answer::record));
            long first = answers.stream()
                    .mapToLong(answer -> Ulid.parse(answer.record()).instant().toEpochMilli())
                    .min()
                    .orElse(0);
            query.setLong(3, (first - BEHIND_MS) * 1_000);
            List<Answers.Answer> open = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    open.add(answers.get(rows.getInt(1) - 1));
                }
            }
            return open;
        }
    }

    private static Array array(Connection auditor, List<Answers.Answer> answers, Function<Answers.Answer, String> part)
            throws SQLException {
        return auditor.createArrayOf("text", answers.stream().map(part).toArray());
    }

    private static Set<String> found(Connection auditor, PreparedStatement query, String tenant, List<String> ids)
            throws SQLException {
        query.setString(1, tenant);
        query.setArray(2, auditor.createArrayOf("text", new ArrayList<>(ids).toArray()));
        Set<String> found = new HashSet<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
