package dev.sallyport.ledger;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A flush that is being written. Calls leave it only while it is certain that nothing of it was written. */
final class Flush {
    private static final long SHORTEST_PAUSE_MS = 10;
    private static final long LONGEST_PAUSE_MS = 200;

    final long number;
    final long generation;
    final long began = System.nanoTime();
    List<Pending> calls;

    /** The receipts of the calls, made during the last attempt that came as far as COMMIT. */
    CompletableFuture<List<String>> receipts = CompletableFuture.completedFuture(List.of());

    /** Whether an attempt's COMMIT was sent and never acknowledged. */
    boolean uncertain;

    private long pause = SHORTEST_PAUSE_MS;

    Flush(long number, long generation, List<Pending> calls) {
        this.number = number;
        this.generation = generation;
        this.calls = calls;
    }

    /** Returns the milliseconds to wait before the next attempt, longer each time. */
    long nextPause() {
        long now = pause;
        pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
        return now;
    }
}
