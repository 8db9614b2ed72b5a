package dev.sallyport.torture;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Waits for the moment of a phase by the server's trace, and widens moments that are too short to hit, each by means
 * of PostgreSQL's own that any operator may use: a change of state holds the fence, {@code commit_delay} makes COMMIT
 * wait before it is durable, a standby that never answers makes it wait after. What came of it is judged by the trace
 * alone.
 */
final class Aim {
    private static final long PATIENCE_MS = 4_000;
    private static final long HELD_MS = 800;
    private static final long LOOK_MS = 600;
    private static final int[] LATE_MICROS = {1, 1_000, 10_000};

    private final Database database;
    private final Signals signals;
    private final RandomGenerator random;

    Aim(Database database, Signals signals, RandomGenerator random) {
        this.database = database;
        this.signals = signals;
        this.random = random;
    }

    /**
     * Waits for the moment. Whether it came or not, {@link Stage#recover} takes the settings back.
     *
     * @param cell what is to be hit
     * @param node the server whose flush it is
     * @param known the processes to hit, where the target is not a backend
     * @return empty if it did not come
     */
    Optional<Moment> at(Cell cell, Node node, List<Long> known) throws IOException, SQLException {
        node.trace().forget();
        boolean backend = cell.target() == Target.BACKEND;
        return switch (cell.phase()) {
            case BEFORE_COMMIT ->
                backend || random.nextBoolean() ? atTheFence(backend, known) : asItComes(node, "begin", known);
            case IN_COMMIT -> random.nextBoolean() ? durable(backend, known) : delayed(node, backend, known);
            case AFTER_COMMIT ->
                asItComes(node, "committed", backend ? one(database.backends("query ILIKE 'COMMIT%'")) : known);
            case LEASE_RECLAIM -> throw new IllegalArgumentException("a reclaim has an aim of its own");
        };
    }

    private Optional<Moment> asItComes(Node node, String event, List<Long> pids) throws IOException {
        if (pids.isEmpty() || !node.trace().await(seen -> seen.name().equals(event), PATIENCE_MS)) {
            return Optional.empty();
        }
        // At once, while the answers leave, or when they have arrived.
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(LATE_MICROS[random.nextInt(3)])));
        return Optional.of(new Moment("as it came", pids, null, List.of()));
    }

    /** The flush waits in flush_begin for the fence, as it does for a change of state. */
    private Optional<Moment> atTheFence(boolean backend, List<Long> known) throws SQLException {
        Connection fence = database.newSuperuser();
        Moment moment = new Moment("held at the fence", known, fence, List.of());
        boolean found = false;
        try {
            fence.setAutoCommit(false);
            try (Statement statement = fence.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(fence_key())");
            }
            List<Long> waiting = await("wait_event = 'advisory'", HELD_MS);
            found = !waiting.isEmpty();
            moment = new Moment(moment.way(), backend ? waiting : known, fence, List.of());
        } finally {
            if (!found) {
                moment.letGo(signals);
            }
        }
        return found ? Optional.of(moment) : Optional.empty();
    }

    /** COMMIT is in the WAL's buffers and waits for others to join it: nothing of it is durable. */
    private Optional<Moment> delayed(Node node, boolean backend, List<Long> known) throws IOException, SQLException {
        database.set("commit_delay", "80000");
        boolean sent = node.trace().await(seen -> seen.name().equals("commit"), PATIENCE_MS);
        List<Long> pids = sent && backend ? await("state = 'active' AND query ILIKE 'COMMIT%'", LOOK_MS) : known;
        return !sent || pids.isEmpty()
                ? Optional.empty()
                : Optional.of(new Moment("before it was durable", pids, null, List.of()));
    }

    /** COMMIT is durable and waits for a standby that never answers: nothing of it is known to the server. */
    private Optional<Moment> durable(boolean backend, List<Long> known) throws SQLException {
        database.set("synchronous_standby_names", "nobody");
        List<Long> waiting = await("wait_event = 'SyncRep'", PATIENCE_MS);
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(new Moment("after it was durable", backend ? waiting : known, null, List.of()));
    }

    private List<Long> await(String condition, long millis) throws SQLException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Long> found = database.backends(condition);
        while (found.isEmpty() && System.nanoTime() < end) {
            found = database.backends(condition);
        }
        return one(found);
    }

    private static List<Long> one(List<Long> pids) {
        return pids.isEmpty() ? pids : List.of(pids.getFirst());
    }
}
