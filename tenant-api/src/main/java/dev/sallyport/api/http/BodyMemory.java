package dev.sallyport.api.http;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of bodies that one node holds at once. Each body alone is bounded; without a bound for all of them, a few
 * hundred callers with a long body each would take the whole heap, and with it every tenant's service. Thread-safe.
 */
public final class BodyMemory {
    private final long limit;
    private final AtomicLong held = new AtomicLong();

    /**
     * Makes the one instance of a node.
     *
     * @param limit bytes of all bodies together, at least the longest one
     */
    public BodyMemory(long limit) {
        this.limit = limit;
    }

    /** Returns the bytes that are held now. */
    public long held() {
        return held.get();
    }

    Claim claim() {
        return new Claim();
    }

    /** What one body holds, until its call is over. Thread-safe. */
    final class Claim {
        private final AtomicLong mine = new AtomicLong();
        private final AtomicBoolean over = new AtomicBoolean();

        /**
         * Takes more.
         *
         * @param bytes 0 or more
         * @return false if the node has no room, or the claim is given back, and then nothing was taken
         */
        boolean grow(int bytes) {
            if (over.get()) {
                return false;
            }
            if (held.addAndGet(bytes) > limit) {
                held.addAndGet(-bytes);
                return false;
            }
            mine.addAndGet(bytes);
            if (over.get()) {
                // Given back meanwhile: whoever finds bytes left over gives them back too.
                giveBack();
                return false;
            }
            return true;
        }

        /** Gives everything back; the second time does nothing. */
        void release() {
            over.set(true);
            giveBack();
        }

        private void giveBack() {
            held.addAndGet(-mine.getAndSet(0));
        }
    }
}
