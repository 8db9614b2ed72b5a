package dev.sallyport.ledger.tree;

import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.ledger.tree.SequencerTransaction.Look;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every record its place in its tenant's tree, on a thread of its own, several looks a second. Several nodes may
 * run one: whichever has the lock makes the round. Where the database does not continue what was signed, it signs
 * nothing more until the process is started again.
 */
public final class Sequencer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final long LOOK_EVERY_MS = 200;
    private static final long RETRY_MS = 500;
    private static final long CLOSE_MS = 2_000;

    private final SequencerTransaction transaction;
    private final Pace pace;
    private final CheckpointListener listener;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "sallyport-sequencer");

    private volatile @Nullable String refusal;
    private volatile long rounds;
    private volatile long lookedAt = System.nanoTime();
    private volatile Duration oldest = Duration.ZERO;
    private boolean failing;
    private boolean late;

    /**
     * Makes a sequencer, which does nothing before it is started.
     *
     * @param sequencer connections of the role {@code sequencer}
     * @param work what else is done with the log's keys
     * @param witnessed the last checkpoint that stands outside the database, which the log must continue; empty where
     *     there is none
     * @param listener hears of what was signed
     */
    public Sequencer(
            DataSource sequencer,
            LogKeys keys,
            LogKeyWork work,
            Optional<Checkpoint> witnessed,
            CheckpointListener listener) {
        this.pace = new Pace();
        this.transaction = new SequencerTransaction(sequencer, keys, work, pace, witnessed);
        this.listener = listener;
        thread.setDaemon(true);
    }

    /** Begins to sequence. */
    public void start() {
        thread.start();
    }

    private void run() {
        long pause = 0;
        while (!stopped(pause)) {
            pause = step();
        }
    }

    private boolean stopped(long millis) {
        try {
            return stop.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Returns how long to wait before the next. */
    private long step() {
        if (refusal != null) {
            return RETRY_MS;
        }
        long began = System.nanoTime();
        try {
            Look look = transaction.look();
            looked(look, Duration.ofNanos(System.nanoTime() - began));
            return look.more() ? 0 : LOOK_EVERY_MS;
        } catch (LogException e) {
            return failed(e);
        } catch (RuntimeException e) {
            LOG.error("sequencing failed and is tried again", e);
            return RETRY_MS;
        }
    }

    private void looked(Look look, Duration took) {
        if (failing) {
            failing = false;
            LOG.info("records are sequenced again");
        }
        if (look.sequenced() >= 0) {
            pace.took(took, look.more());
            listener.round(look.sequenced(), took);
        }
        if (look.rounds() != rounds) {
            rounds = look.rounds();
            listener.signed(look.checkpoint());
        }
        oldest = look.oldest() == null ? Duration.ZERO : Duration.between(look.oldest(), look.now());
        lookedAt = System.nanoTime();
        sayLate(look);
    }

    private void sayLate(Look look) {
        boolean now = oldest.compareTo(LogHealth.LATE) > 0;
        if (now && !late) {
            LOG.error(
                    "ALARM: a record has had no index for {} s{}",
                    oldest.toSeconds(),
                    look.blocked()
                            ? ": a transaction, of whatever database of this cluster, has been running for longer"
                            : "");
        } else if (late && !now) {
            LOG.info("every record has an index again");
        }
        late = now;
    }

    private long failed(LogException e) {
        switch (e.kind()) {
            case REFUSED -> {
                refusal = e.getMessage();
                LOG.error("ALARM: nothing more is signed: {}", e.getMessage());
            }
            case UNAVAILABLE, MISSING_KEY -> {
                pace.failed();
                if (!failing) {
                    failing = true;
                    LOG.warn("records cannot be sequenced now, it is tried again", e);
                }
            }
        }
        return RETRY_MS;
    }

    /** Returns how the log is on this node; asking it is cheap. */
    public LogHealth health() {
        var unseen = Duration.ofNanos(Math.max(0, System.nanoTime() - lookedAt));
        // Between two looks nothing is late that was not before.
        Duration lag = unseen.toMillis() < 2 * RETRY_MS && refusal == null ? oldest : oldest.plus(unseen);
        return new LogHealth(Optional.ofNullable(refusal), lag, rounds);
    }

    /** Ends after the round that is under way. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
