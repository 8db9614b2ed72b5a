package dev.sallyport.api.launch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, taken down in the opposite order, once. Starting goes in steps; a stop that comes in between waits
 * for the step under way and takes down what there is by then.
 */
final class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReentrantLock step = new ReentrantLock();
    private final Deque<Part> parts = new ArrayDeque<>();
    private boolean down;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean stopping;

    /** Something that was started. */
    private record Part(String name, AutoCloseable close) {}

    /** What a step starts. */
    @FunctionalInterface
    interface Step<T> {
        T start() throws Exception;
    }

    /** A stop came while the server was starting. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped while starting");
        }
    }

    /**
     * Takes a step.
     *
     * @return what it started
     * @throws Stopped if a stop came before it
     */
    <T> T step(Step<T> start) throws Exception {
        step.lock();
        try {
            if (stopping) {
                throw new Stopped();
            }
            return start.start();
        } finally {
            step.unlock();
        }
    }

    /** Remembers to take something down; at once, if a stop has not waited for the step that started it. */
    void add(String name, AutoCloseable close) {
        Part part = new Part(name, close);
        synchronized (parts) {
            if (!down) {
                parts.push(part);
                return;
            }
        }
        close(part);
    }

    /** The latest part that is up; when there is none any more, none is added either. */
    private Optional<Part> latest() {
        synchronized (parts) {
            down = parts.isEmpty();
            return Optional.ofNullable(parts.poll());
        }
    }

    /** Takes everything down, and returns when that is done; the second to call only waits. */
    void stop() {
        boolean mine;
        boolean locked = false;
        synchronized (this) {
            mine = !stopping;
            stopping = true;
        }
        if (!mine) {
            awaitStop();
            return;
        }
        try {
            locked = step.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            for (Optional<Part> part = latest(); part.isPresent(); part = latest()) {
                close(part.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (locked) {
                step.unlock();
            }
            stopped.countDown();
        }
    }

    /** Waits until everything is down. */
    void awaitStop() {
        boolean interrupted = false;
        while (true) {
            try {
                stopped.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Part part) {
        try {
            part.close().close();
        } catch (Exception e) {
            LOG.warn("{} did not stop cleanly", part.name(), e);
        }
    }
}
