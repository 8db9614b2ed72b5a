package dev.sallyport.ledger.tree;

import dev.sallyport.ledger.tree.LogState.Cursor;
import dev.sallyport.ledger.tree.LogState.Walk;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The records that have no index yet. A row may be taken once its transaction is below the oldest that still runs:
 * then no transaction with a smaller id can commit after it. The order of ids alone, or of times, would lose whatever
 * commits late.
 */
final class Arrivals {
    /** Twice the 31 days within which a record is written: its own and the cursor's. */
    private static final Duration PLACED = Duration.ofDays(62);

    /**
     * Until when after coming to another cluster a row may be one of before, by its time; clocks differ by less. Later
     * ones are in this cluster's order of transactions, and the cursor alone takes them.
     */
    private static final Duration MOVED = Duration.ofHours(1);

    private static final String NEXT = """
            SELECT r.xid::text, r.tenant, r.id, r.recorded_at, r.digest FROM records r \
            WHERE r.xid >= ?::xid8 AND r.xid < pg_snapshot_xmin(pg_current_snapshot()) \
            AND (r.xid, r.tenant, r.id) > (?::xid8, ?, ?) \
            AND r.recorded_at >= ? AND r.recorded_at < now() + interval '32 days' \
            ORDER BY r.xid, r.tenant, r.id LIMIT ?""";
    /** What a snapshot shows is committed; what it does not show yet comes after the cursor. */
    private static final String WALK = """
            SELECT r.xid::text, r.tenant, r.id, r.recorded_at, r.digest FROM records r \
            WHERE (CASE WHEN ?::boolean THEN r.recorded_at <= ? ELSE r.xid < ?::xid8 END) \
            AND (r.tenant, r.recorded_at, r.id) > (?, ?, ?) \
            ORDER BY r.tenant, r.recorded_at, r.id LIMIT ?""";

    private static final String KNOWN = """
            SELECT w.place FROM UNNEST(?::text[], ?::text[], ?::bigint[]) WITH ORDINALITY AS w (tenant, id, at, place) \
            WHERE EXISTS (SELECT FROM entry_runs e WHERE e.tenant = w.tenant AND e.latest >= w.at \
            AND e.earliest <= w.at AND w.id = ANY (e.ids))""";
    private static final String OLDEST = """
            SELECT r.recorded_at, r.xid < pg_snapshot_xmin(pg_current_snapshot()) FROM records r \
            WHERE r.xid >= ?::xid8 AND (r.xid, r.tenant, r.id) > (?::xid8, ?, ?) \
            AND r.recorded_at >= ? AND r.recorded_at < now() + interval '32 days' ORDER BY r.xid LIMIT 1""";

    private final Sql sql;
    private final LogState state;

    /**
     * A record without an index.
     *
     * @param xid its transaction's id
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(String xid, String tenant, String id, Instant at, byte[] digest) {}

    /**
     * What a round takes.
     *
     * @param rows in the order of their entries
     * @param cursor where the cursor is then
     * @param walk where the walk is then; empty when it is over
     * @param more whether there may be more
     */
    record Batch(List<Row> rows, Cursor cursor, Optional<Walk> walk, boolean more) {
        Batch {
            rows = List.copyOf(rows);
        }

        /** Tells whether the place has moved, with or without rows. */
        boolean movesFrom(LogState state) {
            return !cursor.equals(state.cursor()) || !walk.equals(state.walk());
        }
    }

    /**
     * The oldest record without an index.
     *
     * @param at its time
     * @param ready whether it may be taken
     */
    record Oldest(Instant at, boolean ready) {}

    Arrivals(Sql sql, LogState state) {
        this.sql = sql;
        this.state = state;
    }

    /** Reads the next rows. */
    Batch next(int limit) throws SQLException {
        // Before its tables are analysed for the first time, the planner would sort all of them at each round.
        sql.call("SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)");
        return state.walk().isPresent() ? walk(state.walk().get(), limit) : afterCursor(limit);
    }

    private Batch afterCursor(int limit) throws SQLException {
        Cursor c = state.cursor();
        List<Row> rows = sql.list(NEXT, ROW, c.xid(), c.xid(), c.tenant(), c.id(), c.at().minus(PLACED), limit);
        if (rows.isEmpty()) {
            return new Batch(rows, c, Optional.empty(), false);
        }
        Row last = rows.getLast();
        var cursor = new Cursor(last.xid, last.tenant, last.id, last.at);
        boolean more = rows.size() == limit;
        return new Batch(unknown(rows), cursor, Optional.empty(), more);
    }

    private Batch walk(Walk w, int limit) throws SQLException {
        List<Row> rows = sql.list(
                WALK,
                ROW,
                state.movedAt().isPresent(),
                before(),
                state.cursor().xid(),
                w.tenant(),
                w.at(),
                w.id(),
                limit);
        if (rows.size() < limit) {
            return new Batch(unknown(rows), state.cursor(), Optional.empty(), true);
        }
        Row last = rows.getLast();
        var walk = new Walk(last.tenant, last.at, last.id);
        return new Batch(unknown(rows), state.cursor(), Optional.of(walk), true);
    }

    /**
     * Leaves out those that have an index: on another cluster transaction ids say nothing of what was taken before.
     */
    private List<Row> unknown(List<Row> rows) throws SQLException {
        Instant before = before();
        if (rows.stream().noneMatch(row -> row.at.isBefore(before))) {
            return rows;
        }
        Set<Long> known = new HashSet<>(sql.list(
                KNOWN,
                row -> row.getLong(1),
                rows.stream().map(Row::tenant).toArray(String[]::new),
                rows.stream().map(Row::id).toArray(String[]::new),
                rows.stream().map(row -> row.at.toEpochMilli()).toArray(Long[]::new)));
        return IntStream.range(0, rows.size())
                .filter(i -> !known.contains(i + 1L))
                .mapToObj(rows::get)
                .toList();
    }

    private Instant before() {
        return state.movedAt().map(at -> at.plus(MOVED)).orElse(Instant.EPOCH);
    }

    /** Reads the oldest record without an index, also one that may not be taken yet. */
    Optional<Oldest> oldest() throws SQLException {
        Cursor c = state.cursor();
        if (state.walk().isPresent()) {
            return Optional.of(new Oldest(c.at(), true));
        }
        return sql.first(
                OLDEST,
                row -> new Oldest(row.getObject(1, OffsetDateTime.class).toInstant(), row.getBoolean(2)),
                c.xid(),
                c.xid(),
                c.tenant(),
                c.id(),
                c.at().minus(PLACED));
    }

    private static final Sql.Row<Row> ROW = row -> new Row(
            row.getString(1),
            row.getString(2),
            row.getString(3),
            row.getObject(4, OffsetDateTime.class).toInstant(),
            row.getBytes(5));

    /** Returns microseconds since the epoch. */
    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
