package dev.sallyport.ledger;

import dev.sallyport.ledger.AppendResult.Committed;
import dev.sallyport.ledger.AppendResult.Stale;
import dev.sallyport.ledger.AppendResult.Unavailable;
import dev.sallyport.ledger.budget.NodeLife;
import dev.sallyport.ledger.receipt.ReceiptPress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches of calls and answers them, attempt after attempt until the outcome is known.
 *
 * <p>An attempt whose COMMIT was not acknowledged leaves its flush uncertain. It is sent again whole, under the same
 * number, until the database tells: a conflict on the number's row says that it had committed, anything that comes
 * after that row says that it had not. Used by one thread; the getters by any.
 */
final class FlushWriter {
    private static final Logger LOG = LoggerFactory.getLogger(FlushWriter.class);
    private static final String TAKEN_OVER = "another process has this node's name";
    private static final String GIVEN_UP = "the node was given up meanwhile and has begun again";

    private final FlushTransaction transaction;
    private final NodeLife node;
    private final FlushListener listener;
    private final ReceiptPress press;
    private final Executor completions;
    private final Stopping stopping;

    private volatile long lastSuccess = System.nanoTime();
    private volatile boolean failing;
    private long number;

    FlushWriter(
            FlushTransaction transaction,
            NodeLife node,
            FlushListener listener,
            ReceiptPress press,
            Executor completions,
            Stopping stopping) {
        this.transaction = transaction;
        this.node = node;
        this.listener = listener;
        this.press = press;
        this.completions = completions;
        this.stopping = stopping;
    }

    /** Whether nothing is ever recorded here again. */
    boolean isRetired() {
        return node.isRetired();
    }

    Duration sinceSuccess() {
        return Duration.ofNanos(System.nanoTime() - lastSuccess);
    }

    /** Writes the calls, in one flush unless one of them is refused; returns when the outcome of each is known. */
    void write(List<Pending> batch) {
        Fence fence = Fence.of(batch);
        var parts = new ArrayDeque<List<Pending>>();
        parts.add(answerStale(batch, batch.stream().filter(fence::isOutrun).toList()));
        while (!parts.isEmpty()) {
            var flush = begin(parts.remove());
            while (!flush.calls.isEmpty() && !attempt(flush, parts)) {
                if (stopping.isTimeUp()) {
                    giveUp(flush);
                    break;
                }
                stopping.pause(flush.nextPause());
            }
        }
    }

    /** Begins a flush under the generation of now; what an older one reserved cannot be charged under it. */
    private Flush begin(List<Pending> calls) {
        long generation = node.generation();
        var old = calls.stream().filter(call -> call.isOfAnother(generation)).toList();
        if (old.isEmpty()) {
            return new Flush(++number, generation, calls);
        }
        refuse(old, GIVEN_UP);
        var rest = calls.stream().filter(call -> !call.isOfAnother(generation)).toList();
        return new Flush(++number, generation, rest);
    }

    /** Goes through the fence without writing anything, so that health is known while nothing is recorded. */
    void probe() {
        var empty = new Flush(number + 1, node.generation(), List.of());
        switch (transaction.probe(empty)) {
            case FlushOutcome.Committed through -> succeeded();
            case FlushOutcome.Moved moved -> succeeded();
            case FlushOutcome.Retired over -> node.renew(empty.generation);
            case FlushOutcome.CommittedBefore before -> node.retire();
            case FlushOutcome.Faulty(String reason) -> failed(reason);
            case FlushOutcome.NotWritten(String reason) -> failed(reason);
            case FlushOutcome.Unknown(String reason) -> failed(reason);
        }
    }

    /** Makes one attempt; true when nothing of the flush is open any more. */
    private boolean attempt(Flush flush, ArrayDeque<List<Pending>> parts) {
        return switch (transaction.write(flush, at -> sign(flush, at))) {
            case FlushOutcome.Committed committed -> committed(flush);
            case FlushOutcome.CommittedBefore before -> committedBefore(flush);
            case FlushOutcome.Moved(Set<String> tenants) -> moved(flush, tenants, parts);
            case FlushOutcome.Retired over -> retired(flush);
            case FlushOutcome.Faulty(String reason) -> divide(flush, reason, parts);
            case FlushOutcome.NotWritten(String reason) -> notWritten(flush, reason);
            case FlushOutcome.Unknown(String reason) -> unknown(flush, reason);
        };
    }

    private void sign(Flush flush, Instant at) {
        flush.receipts =
                press.begin(flush.calls.stream().map(call -> call.digest).toList(), at);
    }

    private boolean committed(Flush flush) {
        succeeded();
        Duration waited = Duration.ofNanos(Math.max(0, flush.began - flush.calls.getFirst().queuedAt));
        listener.flushed(flush.calls.size(), waited, Duration.ofNanos(lastSuccess - flush.began));
        flush.calls.forEach(call -> call.end(true));
        completions.execute(() -> answer(flush));
        return true;
    }

    /** Answers the calls of a flush that is committed, as soon as its receipts are there. */
    private static void answer(Flush flush) {
        List<String> receipts;
        try {
            receipts = flush.receipts.join();
        } catch (CompletionException e) {
            LOG.error("the receipts of flush {} could not be made", flush.number, e);
            flush.calls.forEach(call -> call.result.complete(unavailable("the receipt could not be made")));
            return;
        }
        for (int i = 0; i < receipts.size(); i++) {
            Pending call = flush.calls.get(i);
            call.result.complete(new Committed(call.id, receipts.get(i)));
        }
    }

    private boolean committedBefore(Flush flush) {
        if (flush.uncertain) {
            return committed(flush);
        }
        LOG.error("flush {} of this generation was written by somebody else", flush.number);
        node.retire();
        refuse(flush.calls, TAKEN_OVER);
        return true;
    }

    private boolean moved(Flush flush, Set<String> tenants, ArrayDeque<List<Pending>> parts) {
        succeeded();
        flush.uncertain = false;
        flush.calls = answerStale(
                flush.calls,
                flush.calls.stream()
                        .filter(call -> Fence.isStale(call, tenants))
                        .toList());
        return flush.calls.isEmpty() || attempt(flush, parts);
    }

    /** Answers those that must be decided again and returns the others. */
    private List<Pending> answerStale(List<Pending> calls, List<Pending> stale) {
        if (stale.isEmpty()) {
            return calls;
        }
        stale.forEach(call -> call.end(false));
        listener.stale(stale.size());
        completions.execute(() -> stale.forEach(call -> call.result.complete(new Stale())));
        var rest = new ArrayList<>(calls);
        rest.removeAll(Set.copyOf(stale));
        return rest;
    }

    private boolean notWritten(Flush flush, String reason) {
        failed(reason);
        if (flush.uncertain) {
            return false;
        }
        long now = System.nanoTime();
        var late = flush.calls.stream().filter(call -> call.isExpired(now)).toList();
        flush.calls = flush.calls.stream().filter(call -> !call.isExpired(now)).toList();
        refuse(late, FlushLoop.TOO_LATE);
        return flush.calls.isEmpty();
    }

    private boolean unknown(Flush flush, String reason) {
        flush.uncertain = true;
        failed(reason);
        return false;
    }

    /** Finds the call whose data the database refuses by halving; the others are written. */
    private boolean divide(Flush flush, String reason, ArrayDeque<List<Pending>> parts) {
        List<Pending> calls = flush.calls;
        if (calls.size() == 1) {
            LOG.error("the database refuses record {}: {}", calls.getFirst().id, reason);
            refuse(calls, "the database refuses the record");
        } else {
            int half = calls.size() / 2;
            parts.addFirst(calls.subList(half, calls.size()));
            parts.addFirst(calls.subList(0, half));
        }
        return true;
    }

    /** The others gave this node up, or another process has its name: no attempt wrote anything of the flush. */
    private boolean retired(Flush flush) {
        node.renew(flush.generation);
        refuse(flush.calls, node.isRetired() ? TAKEN_OVER : GIVEN_UP);
        return true;
    }

    /** Ends the wait of the callers alone: the outcome may be open, so the reservations stay held. */
    private void giveUp(Flush flush) {
        flush.calls.forEach(call -> call.result.complete(unavailable(FlushLoop.CLOSED)));
    }

    private void refuse(List<Pending> calls, String reason) {
        calls.forEach(call -> call.end(false));
        completions.execute(() -> calls.forEach(call -> call.result.complete(unavailable(reason))));
    }

    private void succeeded() {
        lastSuccess = System.nanoTime();
        if (failing) {
            failing = false;
            LOG.info("records are written again");
        }
    }

    private void failed(String reason) {
        listener.failed(reason);
        if (!failing) {
            failing = true;
            LOG.warn("records cannot be written now, it is tried again: {}", reason);
        }
    }

    static Unavailable unavailable(String reason) {
        return new Unavailable(reason, FlushLoop.RETRY_AFTER);
    }
}
