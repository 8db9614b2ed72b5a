package dev.sallyport.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LivenessTest {
    private static final int LOOPS = 3;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final AtomicLong nanos = new AtomicLong();
    private final Liveness liveness = new Liveness(nanos::get);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void watch() throws Exception {
        liveness.watch(vertx, LOOPS).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void awaitLive(boolean live) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (liveness.live() != live) {
            assertThat(System.nanoTime()).as("live becomes " + live).isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void process_nothingWatched_isLive() {
        assertThat(liveness.live()).isTrue();
    }

    @Test
    void process_oneLoopOfSeveralStuck_isNotLiveUntilItTurnsAgain() throws Exception {
        watch();
        var release = new CountDownLatch(1);
        vertx.getOrCreateContext().runOnContext(stuck -> {
            try {
                release.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Thread.sleep(2 * Liveness.BEAT.toMillis());

        nanos.addAndGet(Liveness.STUCK.toNanos() + 1);
        Thread.sleep(2 * Liveness.BEAT.toMillis());

        assertThat(liveness.live())
                .as("the other loops beat, the stuck one does not")
                .isFalse();
        release.countDown();
        awaitLive(true);
    }
}
