package dev.sallyport.api.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LifecycleTest {
    private final Lifecycle lifecycle = new Lifecycle();
    private final List<String> ended = new CopyOnWriteArrayList<>();

    @Test
    void stop_takesDownInTheOppositeOrder() throws Exception {
        for (String part : List.of("Postgres", "the ledger", "REST")) {
            assertThat(lifecycle.step(() -> begin(part))).isEqualTo(part);
        }
        lifecycle.stop();
        assertThat(ended).containsExactly("REST", "the ledger", "Postgres");
    }

    @Test
    void stop_aPartFails_theOthersAreTakenDown() throws Exception {
        lifecycle.step(() -> begin("Postgres"));
        lifecycle.add("the ledger", () -> {
            throw new IllegalStateException("cannot");
        });
        lifecycle.step(() -> begin("REST"));
        lifecycle.stop();
        assertThat(ended).containsExactly("REST", "Postgres");
    }

    @Test
    void stop_twice_takesDownOnce() throws Exception {
        lifecycle.step(() -> begin("Postgres"));
        lifecycle.stop();
        lifecycle.stop();
        assertThat(ended).containsExactly("Postgres");
    }

    @Test
    void stop_whileAnotherStops_returnsWhenEverythingIsDown() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        lifecycle.add("Postgres", () -> {
            begun.countDown();
            go.await();
            ended.add("Postgres");
        });
        Thread first = Thread.startVirtualThread(lifecycle::stop);
        begun.await();
        CompletableFuture<List<String>> second = CompletableFuture.supplyAsync(() -> {
            lifecycle.stop();
            return List.copyOf(ended);
        });
        CompletableFuture<List<String>> waiting = CompletableFuture.supplyAsync(() -> {
            lifecycle.awaitStop();
            return List.copyOf(ended);
        });
        go.countDown();
        assertThat(second.get(30, TimeUnit.SECONDS)).containsExactly("Postgres");
        assertThat(waiting.get(30, TimeUnit.SECONDS)).containsExactly("Postgres");
        first.join();
    }

    @Test
    void stop_duringAStep_takesDownWhatTheStepStarted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<String> step = CompletableFuture.supplyAsync(() -> {
            try {
                return lifecycle.step(() -> {
                    begun.countDown();
                    go.await();
                    return begin("Postgres");
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        Thread stop = Thread.startVirtualThread(lifecycle::stop);
        while (stop.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(ended).isEmpty();
        go.countDown();
        assertThat(step.get(30, TimeUnit.SECONDS)).isEqualTo("Postgres");
        stop.join();
        assertThat(ended).containsExactly("Postgres");
    }

    @Test
    void step_afterAStop_isRefused() {
        lifecycle.stop();
        assertThatThrownBy(() -> lifecycle.step(() -> begin("Postgres"))).isInstanceOf(Lifecycle.Stopped.class);
        assertThat(ended).isEmpty();
    }

    @Test
    void step_thatFails_leavesTheOthersToBeTakenDown() throws Exception {
        lifecycle.step(() -> begin("Postgres"));
        assertThatThrownBy(() -> lifecycle.step(() -> {
                    throw new java.io.IOException("no port");
                }))
                .hasMessage("no port");
        lifecycle.stop();
        assertThat(ended).containsExactly("Postgres");
    }

    private String begin(String part) {
        lifecycle.add(part, () -> ended.add(part));
        return part;
    }
}
