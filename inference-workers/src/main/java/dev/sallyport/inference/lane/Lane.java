package dev.sallyport.inference.lane;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.Job;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one model version, one run at a time.
 *
 * <p>Batching is natural: an idle lane runs a job at once; jobs that arrive while it runs gather and go together in the
 * next run. There is no timer, so an idle lane never makes a job wait, and a busy one fills its batches by itself.
 *
 * <p>{@code running} is the lane's token: whoever turns it from false to true is the only one that takes jobs and
 * touches the runner, until it gives the token back. A job is queued before the token is tried, and the queue is looked
 * at again after it was given back, so no job is left behind.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** Runs after which a busy lane lets other lanes have its thread. */
    private static final int RUNS_IN_A_ROW = 16;

    private final ModelManifest manifest;
    private final Runner runner;
    private final LaneSettings settings;
    private final LaneListener listener;
    private final Executor executor;
    private final LongSupplier nanos;

    private final Queue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean closed;
    private boolean freed;

    Lane(
            ModelManifest manifest,
            Runner runner,
            LaneSettings settings,
            LaneListener listener,
            Executor executor,
            LongSupplier nanos) {
        this.manifest = manifest;
        this.runner = runner;
        this.settings = settings;
        this.listener = listener;
        this.executor = executor;
        this.nanos = nanos;
    }

    /** Takes a job, or rejects it at once if too many wait. The stage never fails. */
    CompletionStage<Reply> submit(Job job) {
        Pending pending = new Pending(job, new CompletableFuture<>(), nanos.getAsLong());
        if (!job.modelDigest().equals(manifest.digest())) {
            runner.fail(pending, FailureKind.MODEL_UNAVAILABLE, "another artefact is loaded than was decided on");
        } else if (waiting.incrementAndGet() > settings.queueLimit()) {
            waiting.decrementAndGet();
            runner.fail(pending, FailureKind.OVERLOADED, "too many calls of this model are waiting");
        } else {
            queue.add(pending);
            listener.queued(manifest.ref(), waiting.get());
            start();
        }
        return pending.reply();
    }

    /** Takes no more, answers what waits with a failure, and frees the model once the current run is over. */
    void close() {
        closed = true;
        start();
    }

    private void start() {
        if (running.compareAndSet(false, true)) {
            dispatch();
        }
    }

    private void dispatch() {
        try {
            executor.execute(this::drain);
        } catch (RuntimeException e) {
            LOG.warn("the pool takes no more runs of {}", manifest.ref(), e);
            closed = true;
            refuseAll();
            running.set(false);
        }
    }

    private void drain() {
        for (int runs = 0; runs < RUNS_IN_A_ROW; runs++) {
            if (closed) {
                refuseAll();
            }
            List<Pending> taken = take();
            if (taken.isEmpty()) {
                running.set(false);
                if (queue.isEmpty() || !running.compareAndSet(false, true)) {
                    return;
                }
            } else {
                run(taken);
            }
        }
        dispatch();
    }

    private void run(List<Pending> taken) {
        try {
            listener.queued(manifest.ref(), waiting.get());
            runner.run(taken);
        } catch (Throwable e) {
            // Also when memory runs out: the lane goes on, and nobody waits for an answer that does not come.
            LOG.error("a run of {} ended early", manifest.ref(), e);
            taken.forEach(pending -> runner.fail(pending, FailureKind.MODEL_FAILED, "the model failed on this input"));
        }
    }

    private List<Pending> take() {
        Pending first = queue.poll();
        if (first == null) {
            return List.of();
        }
        List<Pending> taken = new ArrayList<>();
        taken.add(first);
        long rows = first.job().rows();
        Pending next = queue.peek();
        while (manifest.signature().batchable()
                && next != null
                && rows + next.job().rows() <= settings.maxBatchRows()) {
            queue.remove();
            taken.add(next);
            rows += next.job().rows();
            next = queue.peek();
        }
        waiting.addAndGet(-taken.size());
        return taken;
    }

    /** Frees the model first: whoever is told that it was put away may rely on it. */
    private void refuseAll() {
        if (!freed) {
            freed = true;
            free();
        }
        for (Pending pending = queue.poll(); pending != null; pending = queue.poll()) {
            waiting.decrementAndGet();
            runner.fail(pending, FailureKind.MODEL_UNAVAILABLE, "the model was put away");
        }
    }

    private void free() {
        try {
            runner.free();
        } catch (RuntimeException e) {
            LOG.warn("what {} held was not freed", manifest.ref(), e);
        }
    }
}
