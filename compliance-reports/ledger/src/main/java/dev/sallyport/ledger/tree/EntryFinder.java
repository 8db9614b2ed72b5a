package dev.sallyport.ledger.tree;

import dev.sallyport.format.Envelope;
import dev.sallyport.format.Ulid;
import dev.sallyport.policy.TenantId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds records among a tenant's entries, and entries with their records. */
record EntryFinder(Sql sql) {
    /** A run's records are of about one time; only what came late to its run is looked for further. */
    private static final Duration NEAR = Duration.ofMinutes(5);

    private static final String FIND = """
            SELECT e.first_index + array_position(e.ids, w.id) - 1, e.sequenced_at, \
            substr(e.digests, 32 * array_position(e.ids, w.id) - 31, 32) \
            FROM (SELECT ?::text COLLATE "C" AS tenant, ?::text COLLATE "C" AS id) w \
            JOIN entry_runs e ON e.tenant = w.tenant AND e.latest >= ? AND e.latest < ? AND e.earliest <= ? \
            AND w.id = ANY (e.ids) ORDER BY e.latest LIMIT 1""";
    private static final String STORED = """
            SELECT 1 FROM records WHERE tenant = ? AND recorded_at = ? AND id = ?""";
    private static final String RUNS = """
            SELECT e.first_index, e.ids FROM (SELECT ?::text COLLATE "C" AS tenant, ?::bigint AS first) w \
            JOIN entry_runs e ON e.tenant = w.tenant AND e.first_index > w.first - 512 AND e.first_index <= w.first \
            AND e.first_index + e.count > w.first \
            ORDER BY e.first_index LIMIT 1""";
    private static final String RECORDS = """
            SELECT r.id, r.record FROM UNNEST(?::text[], ?::bigint[]) AS w (id, millis) \
            JOIN records r ON r.tenant = ? AND r.recorded_at = to_timestamp(w.millis / 1000.0) AND r.id = w.id""";

    private record Run(long first, List<String> ids) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(String id, byte[] record) {}

    /** Finds a record's entry. */
    Optional<Envelope> find(TenantId tenant, String recordId) throws SQLException {
        Instant at = Ulid.parse(recordId).instant();
        long made = at.toEpochMilli();
        long near = at.plus(NEAR).toEpochMilli();
        Optional<Envelope> found = find(tenant, recordId, made, made, near);
        if (found.isPresent()
                || sql.first(STORED, row -> true, tenant.value(), at, recordId).isEmpty()) {
            return found;
        }
        return find(tenant, recordId, made, near, Long.MAX_VALUE);
    }

    private Optional<Envelope> find(TenantId tenant, String recordId, long made, long from, long to)
            throws SQLException {
        return sql.first(
                FIND,
                row -> new Envelope(
                        row.getLong(1), row.getLong(2), HexFormat.of().formatHex(row.getBytes(3))),
                tenant.value(),
                recordId,
                from,
                to,
                made);
    }

    /** Reads entries with their records, a run at a time. */
    void read(TenantId tenant, long from, long to, Consumer<LogEntry> each) throws SQLException {
        long next = from;
        while (next < to) {
            Run run = sql.first(
                            RUNS,
                            row -> new Run(row.getLong(1), List.of((String[])
                                    row.getArray(2).getArray())),
                            tenant.value(),
                            next)
                    .orElseThrow(
                            () -> LogException.refused("entries of " + LogEntries.name(tenant.value()) + " are gone"));
            long end = Math.min(to, run.first + run.ids.size());
            if (end <= next) {
                throw LogException.refused("entries of " + LogEntries.name(tenant.value()) + " are gone");
            }
            List<String> ids = run.ids.subList((int) (next - run.first), (int) (end - run.first));
            Map<String, byte[]> records = records(tenant, ids);
            List<Envelope> envelopes = new LogEntries(sql).envelopes(tenant.value(), next, end);
            for (int i = 0; i < ids.size(); i++) {
                String id = ids.get(i);
                each.accept(new LogEntry(envelopes.get(i), id, Optional.ofNullable(records.get(id))));
            }
            next = end;
        }
    }

    /** An id that is no ULID is no record's that a node has made. */
    private Map<String, byte[]> records(TenantId tenant, List<String> all) throws SQLException {
        List<String> ids = all.stream().filter(Ulid::isUlid).toList();
        var records = new HashMap<String, byte[]>();
        sql.list(
                        RECORDS,
                        row -> new Stored(row.getString(1), row.getBytes(2)),
                        ids.toArray(String[]::new),
                        ids.stream()
                                .map(id -> Ulid.parse(id).instant().toEpochMilli())
                                .toArray(Long[]::new),
                        tenant.value())
                .forEach(stored -> records.put(stored.id, stored.record));
        return records;
    }
}
