package dev.sallyport.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskWatchTest {
    private final AtomicLong used = new AtomicLong();
    private final List<String> heard = new ArrayList<>();

    private DiskWatch watch(Callable<VolumeUse> volume) {
        return new DiskWatch(
                List.of(volume), (use, before, after) -> heard.add(use.percent() + " " + before + " " + after));
    }

    private VolumeUse use() throws IOException {
        if (used.get() < 0) {
            throw new IOException("away");
        }
        return new VolumeUse("data", used.get(), 1_000);
    }

    @Test
    void look_atAVolumeThatFills_tellsEachLevelOnce() {
        try (DiskWatch watch = watch(this::use)) {
            for (long now : new long[] {0, 799, 800, 805, 899, 900, 999, 1_000}) {
                used.set(now);
                watch.look();
            }
        }
        assertThat(heard).containsExactly("80 FINE FILLING", "90 FILLING ALMOST_FULL");
    }

    @Test
    void look_atAVolumeThatEmpties_tellsOnceItIsWellBelow() {
        try (DiskWatch watch = watch(this::use)) {
            for (long now : new long[] {950, 895, 880, 879, 790, 780, 779, 0}) {
                used.set(now);
                watch.look();
            }
        }
        assertThat(heard).containsExactly("95 FINE ALMOST_FULL", "87 ALMOST_FULL FILLING", "77 FILLING FINE");
    }

    @Test
    void look_atAVolumeThatCannotBeMeasured_keepsItsLevelAndShowsNothing() {
        try (DiskWatch watch = watch(this::use)) {
            used.set(950);
            watch.look();
            assertThat(watch.last()).containsExactly(new VolumeUse("data", 950, 1_000));
            used.set(-1);
            watch.look();
            assertThat(watch.last()).isEmpty();
            used.set(950);
            watch.look();
        }
        assertThat(heard).containsExactly("95 FINE ALMOST_FULL");
    }

    @Test
    void percent_ofNothingOrTooMuch_isWithinBounds() {
        assertThat(new VolumeUse("data", 0, 0).percent()).isZero();
        assertThat(new VolumeUse("data", 5, 0).percent()).isEqualTo(100);
        assertThat(new VolumeUse("data", 2_000, 1_000).percent()).isEqualTo(100);
        assertThat(new VolumeUse("data", Long.MAX_VALUE, Long.MAX_VALUE).percent())
                .isEqualTo(100);
    }
}
