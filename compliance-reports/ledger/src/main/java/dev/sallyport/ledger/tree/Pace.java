package dev.sallyport.ledger.tree;

import java.time.Duration;

/**
 * When a round is due and how much it takes. While there is something new, rounds are {@link #EVERY} apart, which with
 * the second that a transaction may last stays below the merge delay of two; while there is a backlog, one follows the
 * other. A round takes as much as fits well into the second that its own transaction may last. Used by one thread.
 */
final class Pace {
    /** Between the beginnings of two rounds. */
    static final Duration EVERY = Duration.ofMillis(800);

    /** Between two rounds while nothing is new: so a silent log shows that it is alive. */
    static final Duration SILENT = Duration.ofSeconds(60);

    private static final int LEAST = 256;
    private static final int MOST = 65_536;
    private static final Duration SHORT = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofMillis(600);

    private int limit = 4_096;
    private boolean backlog;

    int limit() {
        return limit;
    }

    boolean due(Duration sinceRound, boolean ready) {
        boolean apart = backlog || sinceRound.isNegative() || sinceRound.compareTo(EVERY) >= 0;
        return silent(sinceRound) || (ready && apart);
    }

    boolean silent(Duration sinceRound) {
        return sinceRound.compareTo(SILENT) >= 0;
    }

    /**
     * Learns from a round.
     *
     * @param took how long it took
     * @param full whether it took as much as it might
     */
    void took(Duration took, boolean full) {
        backlog = full;
        if (took.compareTo(LONG) > 0) {
            failed();
        } else if (full && took.compareTo(SHORT) < 0) {
            limit = Math.min(MOST, limit * 2);
        }
    }

    /** Learns that a round was not done in time. */
    void failed() {
        limit = Math.max(LEAST, limit / 2);
    }
}
