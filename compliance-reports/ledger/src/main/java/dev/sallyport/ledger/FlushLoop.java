package dev.sallyport.ledger;

import dev.sallyport.ledger.AppendResult.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The group commit: one thread that takes what is queued, has it written in one transaction, and takes what has
 * gathered meanwhile. A call that comes while little is under way is written at once. Under load the next flush waits
 * a little for company, {@link #gap}: a commit costs about as much for one record as for fifty. While nothing comes,
 * the fence is probed once a second.
 */
final class FlushLoop {
    static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    static final String TOO_LATE = "the record could not be made durable in time";
    static final String CLOSED = "the ledger is closed";

    private static final Logger LOG = LoggerFactory.getLogger(FlushLoop.class);
    private static final long PROBE_EVERY_MS = 1_000;
    private static final long LOOK_EVERY_MS = 50;
    private static final long CLOSE_MS = 5_000;

    /** Flushes of at most so many records are no load: nothing waits for them to grow. */
    private static final int NO_LOAD = 4;

    private static final long GAP_NS_A_RECORD = 50_000;
    private static final long LONGEST_GAP_NS = 1_000_000;

    private final FlushWriter writer;
    private final Stopping stopping;
    private final LinkedBlockingQueue<Pending> queue;
    private final int batchLimit;
    private final Thread thread = new Thread(this::run, "sallyport-flush");

    private volatile List<Pending> inFlight = List.of();
    private volatile boolean ended;
    private int lastSize;
    private long lastEnd = System.nanoTime();

    FlushLoop(FlushWriter writer, Stopping stopping, int queueLimit, int batchLimit) {
        this.writer = writer;
        this.stopping = stopping;
        this.queue = new LinkedBlockingQueue<>(queueLimit);
        this.batchLimit = batchLimit;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Queues a call; false when too many wait or nothing is recorded any more, and then nothing of it is kept. */
    boolean offer(Pending call) {
        if (!isOpen() || !queue.offer(call)) {
            return false;
        }
        if (ended) {
            refuseQueued();
        }
        return true;
    }

    boolean isOpen() {
        return !ended && !writer.isRetired() && !stopping.hasBegun();
    }

    int waiting() {
        return queue.size();
    }

    /** Answers the callers whose deadline has passed. What is in a flush stays in it. */
    void expire() {
        long now = System.nanoTime();
        Unavailable late = FlushWriter.unavailable(TOO_LATE);
        queue.forEach(call -> call.expire(now, late));
        inFlight.forEach(call -> call.expire(now, late));
    }

    /** Takes no more calls, writes what is queued, for five seconds at most, and ends the thread. */
    void close() {
        stopping.begin(CLOSE_MS);
        try {
            boolean joined = thread.join(Duration.ofMillis(2 * CLOSE_MS));
            if (!joined) {
                LOG.warn("the flush did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refuseQueued();
    }

    private void run() {
        try {
            while (isOpen() || hasMoreToWrite()) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("the flush ended by a fault of its own: nothing is recorded any more", e);
            throw e;
        } finally {
            ended = true;
            inFlight.forEach(call -> call.result.complete(FlushWriter.unavailable(CLOSED)));
            refuseQueued();
        }
    }

    private boolean hasMoreToWrite() {
        return !writer.isRetired() && !queue.isEmpty() && !stopping.isTimeUp();
    }

    private void step() throws InterruptedException {
        Pending first = next();
        if (first == null) {
            if (isOpen()) {
                writer.probe();
            }
            return;
        }
        gather();
        var batch = new ArrayList<Pending>(Math.min(batchLimit, queue.size() + 1));
        batch.add(first);
        queue.drainTo(batch, batchLimit - 1);
        lastSize = batch.size();
        batch.removeIf(call -> !call.enterFlush());
        inFlight = batch;
        writer.write(batch);
        lastEnd = System.nanoTime();
        inFlight = List.of();
    }

    /**
     * Returns how far a flush stays behind the end of the last one, in nanoseconds: nothing after a small one, more the
     * larger the last one was, a millisecond at most; so a call that comes after a pause never waits. While calls come at a steady rate this settles where the wait gains
     * more records than it costs latency; see docs/performance.md.
     */
    static long gap(int lastSize) {
        return Math.clamp(((long) lastSize - NO_LOAD) * GAP_NS_A_RECORD, 0, LONGEST_GAP_NS);
    }

    /** Lets the gap pass, or as much of it as it takes to fill a flush. */
    private void gather() {
        long until = lastEnd + gap(lastSize);
        long left = until - System.nanoTime();
        while (left > 0 && queue.size() < batchLimit - 1 && isOpen()) {
            LockSupport.parkNanos(Math.min(left, LONGEST_GAP_NS / 4));
            left = until - System.nanoTime();
        }
    }

    /** Waits for a call until the next probe is due, and looks meanwhile whether the loop is to end. */
    private @Nullable Pending next() throws InterruptedException {
        long began = System.nanoTime();
        Pending call = queue.poll();
        while (call == null && isOpen() && System.nanoTime() - began < TimeUnit.MILLISECONDS.toNanos(PROBE_EVERY_MS)) {
            call = queue.poll(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        }
        return call;
    }

    private void refuseQueued() {
        for (Pending call = queue.poll(); call != null; call = queue.poll()) {
            call.refuse(FlushWriter.unavailable(CLOSED));
        }
    }
}
