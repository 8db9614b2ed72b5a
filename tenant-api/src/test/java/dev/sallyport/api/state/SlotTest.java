package dev.sallyport.api.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class SlotTest {
    /** Readings that were begun and not yet done: a test does them when it wants. */
    private final Queue<Runnable> readings = new ArrayDeque<>();

    private int state;
    private boolean broken;
    private int reads;
    private final Slot<Integer> slot = new Slot<>(this::read, readings::add);

    private int read() {
        reads++;
        if (broken) {
            throw new IllegalStateException("broken");
        }
        return state;
    }

    private void readNext() {
        readings.remove().run();
    }

    @Test
    void value_askedForByMany_isReadOnce() {
        CompletableFuture<Integer> first = slot.get();
        CompletableFuture<Integer> second = slot.get();
        assertThat(first).isNotDone();
        readNext();
        assertThat(first).isCompletedWithValue(0);
        assertThat(second).isCompletedWithValue(0);
        assertThat(slot.get()).isCompletedWithValue(0);
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void value_forgotten_isReadAgain() {
        CompletableFuture<Integer> before = slot.get();
        readNext();
        state = 1;
        assertThat(slot.get()).isCompletedWithValue(0);
        slot.forget();
        CompletableFuture<Integer> after = slot.get();
        readNext();
        assertThat(after).isCompletedWithValue(1);
        assertThat(before).isCompletedWithValue(0);
    }

    @Test
    void reading_thatBeganBefore_answersNobodyWhoAsksAfter() {
        CompletableFuture<Integer> before = slot.get();
        slot.forget();
        CompletableFuture<Integer> after = slot.get();
        assertThat(readings).as("one at a time").hasSize(1);
        readNext();
        assertThat(before).isCompletedWithValue(0);
        assertThat(after).isNotDone();
        assertThat(slot.get()).as("nor whoever asks now").isNotDone();
        state = 1;
        readNext();
        assertThat(after).isCompletedWithValue(1);
        assertThat(slot.get()).isCompletedWithValue(1);
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void value_forgottenTwiceWhileItIsRead_isReadOnceMore() {
        CompletableFuture<Integer> first = slot.get();
        slot.forget();
        slot.forget();
        readNext();
        readNext();
        assertThat(first).isCompletedWithValue(0);
        assertThat(readings).isEmpty();
        assertThat(slot.get()).isCompletedWithValue(0);
    }

    @Test
    void value_forgottenWhileTheSecondReadingRuns_isReadAThirdTime() {
        CompletableFuture<Integer> first = slot.get();
        slot.forget();
        CompletableFuture<Integer> second = slot.get();
        readNext();
        slot.forget();
        CompletableFuture<Integer> third = slot.get();
        readNext();
        assertThat(first).isCompletedWithValue(0);
        assertThat(second).isCompletedWithValue(0);
        assertThat(third).isNotDone();
        state = 2;
        readNext();
        assertThat(third).isCompletedWithValue(2);
    }

    @Test
    void reading_thatFailed_isNotKept() {
        broken = true;
        CompletableFuture<Integer> failed = slot.get();
        readNext();
        assertThat(failed).isCompletedExceptionally();
        broken = false;
        CompletableFuture<Integer> again = slot.get();
        readNext();
        assertThat(again).isCompletedWithValue(0);
    }

    @Test
    void reading_thatFailedAfterItWasForgotten_isFollowedByTheNext() {
        CompletableFuture<Integer> before = slot.get();
        slot.forget();
        CompletableFuture<Integer> after = slot.get();
        broken = true;
        readNext();
        assertThat(before).isCompletedExceptionally();
        broken = false;
        readNext();
        assertThat(after).isCompletedWithValue(0);
    }

    @Test
    void slot_forgottenWhileEmpty_readsNothing() {
        slot.forget();
        assertThat(readings).isEmpty();
    }
}
