package dev.sallyport.api.state;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is read when it is first asked for and kept until it is forgotten. A reading that began before it was
 * forgotten answers those who asked for it before, and nobody after. Safe for many threads.
 *
 * @param <T> the value's type
 */
final class Slot<T> {
    private final Supplier<T> reader;
    private final Executor blocking;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable T value;
    private @Nullable CompletableFuture<T> running;
    private @Nullable CompletableFuture<T> queued;

    /**
     * Makes an empty slot.
     *
     * @param reader reads the value; blocks
     * @param blocking runs the reader
     */
    Slot(Supplier<T> reader, Executor blocking) {
        this.reader = reader;
        this.blocking = blocking;
    }

    /** The value, or the reading that will give it. */
    CompletableFuture<T> get() {
        lock.lock();
        try {
            if (value != null) {
                return CompletableFuture.completedFuture(value);
            }
            if (queued != null) {
                return queued;
            }
            if (running != null) {
                return running;
            }
            CompletableFuture<T> answer = new CompletableFuture<>();
            begin(answer);
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /** The value if it is there; otherwise null, and a reading has begun that will give it. */
    @Nullable
    T peek() {
        CompletableFuture<T> reading = get();
        return reading.isDone() && !reading.isCompletedExceptionally() ? reading.join() : null;
    }

    /** Forgets the value; whoever asks from now on is given one that is read from now on. */
    void forget() {
        lock.lock();
        try {
            value = null;
            if (running != null && queued == null) {
                queued = new CompletableFuture<>();
            }
        } finally {
            lock.unlock();
        }
    }

    private void begin(CompletableFuture<T> answer) {
        running = answer;
        blocking.execute(() -> read(answer));
    }

    private void read(CompletableFuture<T> answer) {
        try {
            T result = reader.get();
            end(result);
            answer.complete(result);
        } catch (RuntimeException | Error failure) {
            // Not kept: the next to ask has it read again.
            end(null);
            answer.completeExceptionally(failure);
        }
    }

    private void end(@Nullable T result) {
        lock.lock();
        try {
            running = null;
            CompletableFuture<T> next = queued;
            queued = null;
            if (next == null) {
                value = result;
            } else {
                begin(next);
            }
        } finally {
            lock.unlock();
        }
    }
}
