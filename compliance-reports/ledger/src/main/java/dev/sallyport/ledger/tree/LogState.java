package dev.sallyport.ledger.tree;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The log's one row.
 *
 * @param origin the log's origin
 * @param cluster the {@code system_identifier} of the cluster for which the cursor holds
 * @param cursor the last record that was given an index
 * @param walk how far the walk over all records is; empty when it is over
 * @param movedAt when the log came from another cluster; empty if it never did
 * @param rounds how many rounds there were: the size of the platform log
 * @param sequencedAt of the last round, µs since the epoch; 0 before the first
 * @param checkpoint what was signed in it; empty before the first
 */
@SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals where it is
record LogState(
        String origin,
        String cluster,
        Cursor cursor,
        Optional<Walk> walk,
        Optional<Instant> movedAt,
        long rounds,
        long sequencedAt,
        byte[] checkpoint) {
    /** A place in the order of (transaction, tenant, id), and the record's time. */
    record Cursor(String xid, String tenant, String id, Instant at) {}

    /** A place in the order of (tenant, time, id). */
    record Walk(String tenant, Instant at, String id) {}

    /** Before all records. */
    static final Walk BEGINNING = new Walk("", Instant.EPOCH, "");

    private static final String READ = """
            SELECT origin, system_identifier, cursor_xid::text, cursor_tenant, cursor_id, cursor_at, walking, \
            walked_tenant, greatest(walked_at, 'epoch'), walked_id, \
            moved_at, rounds, sequenced_at, checkpoint FROM log_state""";

    /** Reads the row, if the log has begun. */
    static Optional<LogState> read(Sql sql) throws SQLException {
        return sql.first(READ, row -> {
            var cursor = new Cursor(
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getObject(6, OffsetDateTime.class).toInstant());
            var walk = new Walk(
                    row.getString(8), row.getObject(9, OffsetDateTime.class).toInstant(), row.getString(10));
            return new LogState(
                    row.getString(1),
                    row.getString(2),
                    cursor,
                    row.getBoolean(7) ? Optional.of(walk) : Optional.empty(),
                    Optional.ofNullable(row.getObject(11, OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                    row.getLong(12),
                    row.getLong(13),
                    row.getBytes(14));
        });
    }

    /** Reads which cluster this is. */
    static String cluster(Sql sql) throws SQLException {
        return sql.first("SELECT system_identifier::text FROM pg_control_system()", row -> row.getString(1))
                .orElseThrow();
    }
}
