package dev.sallyport.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private long ticks = 5_000_000_000L;
    private final DatabaseClock clock = new DatabaseClock(() -> ticks, NOON);

    @Test
    void instant_betweenReadings_runsWithTheTicks() {
        ticks += 1_500_000_000L;
        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1_500));
    }

    @Test
    void reading_thatAgrees_changesNothing() {
        clock.adjust(ticks, NOON.plusMillis(4), ticks + 5_000_000);
        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @Test
    void reading_ofAClockThatWasSet_isFollowedAsFarAsItMustBe() {
        clock.adjust(ticks, NOON.plusSeconds(60), ticks + 10_000_000);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(60).minusMillis(10));
        clock.adjust(ticks, NOON.minusSeconds(60), ticks + 10_000_000);
        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(60));
    }
}
