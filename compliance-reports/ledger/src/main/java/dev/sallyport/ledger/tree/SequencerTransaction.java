package dev.sallyport.ledger.tree;

import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.LogSigner;
import dev.sallyport.format.merkle.TreeHead;
import dev.sallyport.ledger.tree.Arrivals.Batch;
import dev.sallyport.ledger.tree.LogState.Cursor;
import dev.sallyport.ledger.tree.LogState.Walk;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One look at what is new, in one transaction under the sequencer's lock: where it finds something due it makes a
 * round, and everything of a round is committed together. Used by one thread.
 */
final class SequencerTransaction {
    private static final String MOVE_CLUSTER = """
            UPDATE log_state SET system_identifier = ?, cursor_xid = pg_snapshot_xmin(pg_current_snapshot()), \
            cursor_tenant = '', cursor_id = '', cursor_at = clock_timestamp(), walking = true, walked_tenant = '', \
            walked_at = '-infinity', walked_id = '', moved_at = clock_timestamp()""";
    private static final String MOVE_CURSOR = """
            UPDATE log_state SET cursor_xid = ?::xid8, cursor_tenant = ?, cursor_id = ?, cursor_at = ?, walking = ?, \
            walked_tenant = ?, walked_at = ?, walked_id = ?""";

    private final DataSource sequencer;
    private final LogKeys keys;
    private final LogKeyWork work;
    private final Pace pace;
    private final Signed signed;
    private final SpotCheck spots = new SpotCheck(new SplittableRandom());

    /**
     * What a look has found.
     *
     * @param held whether this node had the lock
     * @param sequenced how many records were given an index; -1 if there was no round
     * @param more whether there is more to do at once
     * @param rounds how many rounds the log has
     * @param checkpoint what was signed last
     * @param oldest the time of the oldest record without an index; null if every record has one
     * @param blocked whether that one may not be taken yet
     * @param now the database's time
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Look(
            boolean held,
            int sequenced,
            boolean more,
            long rounds,
            byte[] checkpoint,
            @Nullable Instant oldest,
            boolean blocked,
            Instant now) {}

    /** @param witnessed the last checkpoint that stands outside the database; empty where there is none */
    SequencerTransaction(
            DataSource sequencer, LogKeys keys, LogKeyWork work, Pace pace, Optional<Checkpoint> witnessed) {
        this.signed = new Signed(witnessed.map(Checkpoint::head).orElse(TreeHead.EMPTY));
        this.sequencer = sequencer;
        this.keys = keys;
        this.work = work;
        this.pace = pace;
    }

    /** @throws LogException if the database cannot be reached, or what it holds must not be signed */
    Look look() {
        try (Connection connection = sequencer.getConnection()) {
            var sql = new Sql(connection);
            try {
                return look(connection, sql);
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw LogException.unavailable("sequencing", e);
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private Look look(Connection connection, Sql sql) throws SQLException {
        boolean held = SequencerLock.take(sql);
        LogState state = LogState.read(sql).orElseThrow(() -> LogException.refused("the log's state is gone"));
        Instant now = LogKeys.now(sql);
        if (!held) {
            connection.rollback();
            return nothing(state, now, false);
        }
        List<PublishedLogKey> published = LogKeys.published(sql);
        signed.check(sql, state, published.stream().map(PublishedLogKey::key).toList());
        String cluster = LogState.cluster(sql);
        if (!cluster.equals(state.cluster())) {
            sql.update(MOVE_CLUSTER, cluster);
            connection.commit();
            return new Look(true, -1, true, state.rounds(), state.checkpoint(), now, false, now);
        }
        List<LogSigner> signers = keys.signers(published, now);
        work.run(connection, state.origin(), signers);
        Optional<Arrivals.Oldest> oldest = new Arrivals(sql, state).oldest();
        Duration since = Duration.between(time(state.sequencedAt()), now);
        if (!pace.due(since, oldest.isPresent() && oldest.get().ready())) {
            connection.commit();
            return found(state, now, oldest);
        }
        return round(connection, sql, state, signers, now);
    }

    private Look round(Connection connection, Sql sql, LogState state, List<LogSigner> signers, Instant now)
            throws SQLException {
        Batch batch = new Arrivals(sql, state).next(pace.limit());
        boolean heartbeat = pace.silent(Duration.between(time(state.sequencedAt()), now)) || state.rounds() == 0;
        if (batch.movesFrom(state)) {
            move(sql, batch);
        }
        if (batch.rows().isEmpty() && !heartbeat) {
            connection.commit();
            return new Look(true, -1, batch.more(), state.rounds(), state.checkpoint(), null, false, now);
        }
        spots.run(sql, signed);
        long at = Math.max(state.sequencedAt(), Arrivals.micros(now));
        Round.Made made = new Round(sql, signed, state.rounds(), at).make(batch.rows(), state.origin(), signers);
        Instant oldest =
                batch.more() && !batch.rows().isEmpty() ? batch.rows().getLast().at() : null;
        connection.commit();
        signed.committed(made.platform(), made.note(), made.grown());
        return new Look(
                true, batch.rows().size(), batch.more(), made.platform().size(), made.note(), oldest, false, now);
    }

    private static void move(Sql sql, Batch batch) throws SQLException {
        Cursor cursor = batch.cursor();
        Walk walk = batch.walk().orElse(LogState.BEGINNING);
        sql.update(
                MOVE_CURSOR,
                cursor.xid(),
                cursor.tenant(),
                cursor.id(),
                cursor.at(),
                batch.walk().isPresent(),
                walk.tenant(),
                walk.at(),
                walk.id());
    }

    private static Look found(LogState state, Instant now, Optional<Arrivals.Oldest> oldest) {
        return new Look(
                true,
                -1,
                false,
                state.rounds(),
                state.checkpoint(),
                oldest.map(Arrivals.Oldest::at).orElse(null),
                oldest.isPresent() && !oldest.get().ready(),
                now);
    }

    private static Look nothing(LogState state, Instant now, boolean held) {
        return new Look(held, -1, false, state.rounds(), state.checkpoint(), null, false, now);
    }

    private static Instant time(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }
}
