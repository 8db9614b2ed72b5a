package dev.sallyport.api.operations;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether the event loops turn, whatever the database does. One for the whole process: {@code /livez} and
 * {@code /v2/health/live} answer from it. A pulse beats on each loop; a loop that has not beaten for five seconds is
 * taken for stuck. Thread-safe; asking is cheap.
 */
public final class Liveness {
    /** Between two beats. */
    static final Duration BEAT = Duration.ofMillis(500);
    /** The longest time without a beat, inclusive, at which a loop is said to turn. */
    static final Duration STUCK = Duration.ofSeconds(5);

    private final LongSupplier nanos;
    private final Set<AtomicLong> beats = ConcurrentHashMap.newKeySet();

    /**
     * Watches nothing yet, and is live.
     *
     * @param nanos time in nanoseconds from any origin, as {@link System#nanoTime}
     */
    public Liveness(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Watches the event loops from now on. Asked while nothing else is being deployed, so that each loop gets one pulse:
     * Vert.x hands out its loops in turn.
     *
     * @param eventLoops how many the instance has, at least 1
     * @return completed when all are watched
     */
    public Future<Void> watch(Vertx vertx, int eventLoops) {
        var options = new DeploymentOptions().setInstances(eventLoops);
        return vertx.deployVerticle(Pulse::new, options).mapEmpty();
    }

    /** Whether every watched loop turns. */
    public boolean live() {
        long now = nanos.getAsLong();
        return beats.stream().allMatch(last -> now - last.get() <= STUCK.toNanos());
    }

    private final class Pulse extends VerticleBase {
        private final AtomicLong last = new AtomicLong();

        @Override
        public Future<?> start() {
            last.set(nanos.getAsLong());
            beats.add(last);
            vertx.setPeriodic(BEAT.toMillis(), timer -> last.set(nanos.getAsLong()));
            return Future.succeededFuture();
        }

        @Override
        public Future<?> stop() {
            beats.remove(last);
            return Future.succeededFuture();
        }
    }
}
