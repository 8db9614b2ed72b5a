package dev.sallyport.torture;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Brings about the moment in which a node takes back what another one holds: the other one is paused until its lease
 * is over. A transaction that is in the fence like a flush, and does not end, keeps the reclaim waiting for it.
 */
final class ReclaimAim {
    private static final long PATIENCE_MS = 20_000;
    private static final long EFFECT_MS = 2_000;
    private static final long NEXT_WINDOW_MS = 65_000;

    /** With the lease and the pause, less than the five seconds for which a call waits to be recorded. */
    private static final long SPENT_MS = 2_000;

    private static final String SMALL = Policies.BUDGETED + "/" + Policies.SMALL_MODEL;

    private final Database database;
    private final Signals signals;
    private final RandomGenerator random;
    private final Answers answers;

    ReclaimAim(Database database, Signals signals, RandomGenerator random, Answers answers) {
        this.database = database;
        this.signals = signals;
        this.random = random;
        this.answers = answers;
    }

    /**
     * Pauses a node and waits until another one begins to give it up.
     *
     * @param victim the node that is paused
     * @param other the node that gives it up, and is hit
     * @param known the processes to hit, where the target is not a backend
     * @return empty if the moment did not come; nothing is paused then
     */
    Optional<Moment> at(Cell cell, Node victim, Node other, List<Long> known)
            throws IOException, SQLException, InterruptedException {
        List<Long> paused = List.of(victim.pid());
        boolean late = cell.target() == Target.SERVER && cell.signal() == Signal.PAUSE && random.nextInt(3) > 0;
        if (late) {
            // Calls under way should hold something that is not spent yet.
            more("200 " + SMALL, NEXT_WINDOW_MS);
        }
        boolean come = false;
        signals.send("STOP", paused);
        try {
            Signals.awaitStopped(paused, EFFECT_MS);
            Optional<Moment> moment = late ? wokenLate(other, paused) : inTheReclaim(cell, paused, known);
            come = moment.isPresent();
            return moment;
        } finally {
            if (!come) {
                signals.send("CONT", paused);
            }
        }
    }

    /** The hit is the pause itself: the node goes on with its calls when the others have spent what it held for them. */
    private Optional<Moment> wokenLate(Node other, List<Long> paused) throws IOException, InterruptedException {
        if (!other.trace().await(seen -> seen.name().equals("reclaimed"), PATIENCE_MS)) {
            return Optional.empty();
        }
        more("429 " + SMALL, SPENT_MS);
        return Optional.of(new Moment("woken late", paused, null, List.of()));
    }

    /** Waits until callers have got an outcome a few times more. */
    private void more(String outcome, long millis) throws InterruptedException {
        long enough = answers.counted(outcome) + 3;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (answers.counted(outcome) < enough && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private Optional<Moment> inTheReclaim(Cell cell, List<Long> paused, List<Long> known)
            throws SQLException, InterruptedException {
        Connection fence = database.newSuperuser();
        Moment moment = new Moment("held in the reclaim", known, fence, paused);
        boolean found = false;
        try {
            fence.setAutoCommit(false);
            try (Statement statement = fence.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock_shared(fence_key())");
            }
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
            while (!found && System.nanoTime() < end) {
                List<Long> waiting = database.backends("wait_event = 'advisory' AND query LIKE '%nodes_reclaim%'");
                found = !waiting.isEmpty();
                moment = new Moment(moment.way(), cell.target() == Target.BACKEND ? waiting : known, fence, paused);
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } finally {
            if (!found) {
                moment.letGo(signals);
            }
        }
        return found ? Optional.of(moment) : Optional.empty();
    }
}
