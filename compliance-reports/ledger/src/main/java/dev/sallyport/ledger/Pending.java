package dev.sallyport.ledger;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Epochs;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.Ulid;
import dev.sallyport.ledger.budget.Settlement;
import dev.sallyport.ledger.budget.Share;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An append on its way: encoded when it was asked for, so that the flush only copies bytes. */
final class Pending {
    private enum State {
        QUEUED,
        IN_FLUSH,
        OVER
    }

    final String tenant;
    final String id;
    final String retention;
    final long recordedAtMillis;
    final byte[] bytes;
    final byte[] digest;
    final @Nullable Epochs epochs;
    final List<Share> charges;
    final byte @Nullable [] payload;
    final long queuedAt;
    final CompletableFuture<AppendResult> result = new CompletableFuture<>();

    private final long deadline;
    private final @Nullable Settlement settlement;
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);

    /**
     * Encodes a record.
     *
     * @param now the tick of {@link System#nanoTime} at which it is queued
     * @param patience for how many nanoseconds from then its caller waits
     */
    Pending(
            AuditRecord record,
            @Nullable Settlement settlement,
            @Nullable SealedPayload payload,
            long now,
            long patience) {
        this.tenant = record.tenant();
        this.id = record.id();
        this.retention = record.retention().code();
        this.recordedAtMillis = Ulid.parse(record.id()).instant().toEpochMilli();
        this.bytes = record.encode();
        this.digest = Sha256.digest(bytes);
        this.epochs = record.epochs();
        this.charges = settlement == null ? List.of() : settlement.shares();
        this.payload = payload == null ? null : payload.bytes();
        this.settlement = settlement;
        this.queuedAt = now;
        this.deadline = now + patience;
    }

    /** Whether what it charges was granted under another generation than the given one, which may not charge it. */
    boolean isOfAnother(long generation) {
        return settlement != null && settlement.generation() != generation;
    }

    boolean isExpired(long now) {
        return deadline - now <= 0;
    }

    /** Takes it from the queue into a flush; false when it was over before. */
    boolean enterFlush() {
        return state.compareAndSet(State.QUEUED, State.IN_FLUSH);
    }

    /**
     * Answers a caller whose deadline has passed. What is in a flush keeps its reservation, because its outcome is
     * open; what waits for one is over.
     */
    void expire(long now, AppendResult late) {
        if (isExpired(now) && state.get() != State.OVER && !result.isDone()) {
            refuse(late);
        }
    }

    /** Answers the caller, and lets go of the reservation unless a flush holds it. */
    void refuse(AppendResult unavailable) {
        if (state.compareAndSet(State.QUEUED, State.OVER)) {
            end(false);
        }
        result.complete(unavailable);
    }

    /** Ends it with what is known; the caller is answered by {@link #result} apart. */
    void end(boolean committed) {
        state.set(State.OVER);
        if (settlement != null) {
            settlement.end(committed);
        }
    }
}
