package dev.sallyport.ledger;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells the flush's thread to end, and how long it may take about it. Thread-safe. */
final class Stopping {
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile long over = Long.MAX_VALUE;

    void begin(long withinMillis) {
        over = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMillis);
        begun.countDown();
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    boolean isTimeUp() {
        return hasBegun() && System.nanoTime() - over >= 0;
    }

    /** Waits between two attempts, and not for long once stopping has begun. */
    void pause(long millis) {
        try {
            if (!begun.await(millis, TimeUnit.MILLISECONDS)) {
                return;
            }
            Thread.sleep(Math.min(millis, 20));
        } catch (InterruptedException e) {
            begin(0);
        }
    }
}
