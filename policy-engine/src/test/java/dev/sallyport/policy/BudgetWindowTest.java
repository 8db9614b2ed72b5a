package dev.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.policy.CalendarWindow.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BudgetWindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "MINUTES, 15, UTC, 2026-11-23T12:34:56Z, 2026-11-23T12:30:00Z, 2026-11-23T12:45:00Z",
        "HOURS, 6, UTC, 2026-11-23T12:34:56Z, 2026-11-23T12:00:00Z, 2026-11-23T18:00:00Z",
        "DAY, 1, Europe/Berlin, 2026-11-23T23:30:00Z, 2026-11-23T23:00:00Z, 2026-11-24T23:00:00Z",
        "WEEK, 1, UTC, 2026-11-25T12:00:00Z, 2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
        "MONTH, 1, UTC, 2026-02-28T23:59:59Z, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
        "YEAR, 1, UTC, 2026-11-23T12:34:56Z, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
    })
    void window_ofAnInstant_beginsAndEndsWithTheCalendar(
            Unit unit, int count, String zone, Instant now, Instant start, Instant end) {
        BudgetWindow window = new CalendarWindow(unit, count, ZoneId.of(zone));

        assertThat(window.start(now)).isEqualTo(start);
        assertThat(window.end(now)).isEqualTo(end);
        assertThat(window.start(start)).isEqualTo(start);
        assertThat(window.start(end)).isEqualTo(end);
    }

    @Test
    void day_onWhichClocksAreSetBack_isLonger() {
        BudgetWindow day = new CalendarWindow(Unit.DAY, 1, BERLIN);
        Instant noon = Instant.parse("2026-10-25T11:00:00Z");

        assertThat(Duration.between(day.start(noon), day.end(noon))).isEqualTo(Duration.ofHours(25));
    }

    @Property
    void windows_aroundTheChangeOfClocks_holdTheirInstants(
            @ForAll @LongRange(min = -200_000, max = 200_000) long seconds, @ForAll @IntRange(max = 4) int kind) {
        Instant now = Instant.parse("2026-10-25T01:00:00Z").plusSeconds(seconds);
        BudgetWindow window = new BudgetWindow[] {
                    new CalendarWindow(Unit.MINUTES, 30, BERLIN),
                    new CalendarWindow(Unit.HOURS, 1, BERLIN),
                    new CalendarWindow(Unit.HOURS, 2, BERLIN),
                    new CalendarWindow(Unit.DAY, 1, BERLIN),
                    new CalendarWindow(Unit.WEEK, 1, BERLIN),
                }
                [kind];

        assertThat(window.start(now)).isBeforeOrEqualTo(now);
        assertThat(window.end(now)).isAfter(now);
        assertThat(window.start(window.end(now))).isEqualTo(window.end(now));
        assertThat(window.start(window.end(now).minusNanos(1))).isEqualTo(window.start(now));
    }

    @Test
    void count_thatDividesNothingEvenly_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CalendarWindow(Unit.MINUTES, 7, ZoneOffset.UTC));
        assertThatIllegalArgumentException().isThrownBy(() -> new CalendarWindow(Unit.HOURS, 24, ZoneOffset.UTC));
        assertThatIllegalArgumentException().isThrownBy(() -> new CalendarWindow(Unit.DAY, 2, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({
        "PT1M, 2026-11-23T12:34:56.789Z, 2026-11-23T12:34:56Z, 2026-11-23T12:34:57Z, PT1M",
        "PT90M, 2026-11-23T12:34:56Z, 2026-11-23T12:34:30Z, 2026-11-23T12:36:00Z, PT1H30M",
        "PT720H, 2026-11-23T12:34:56Z, 2026-11-23T12:00:00Z, 2026-11-24T00:00:00Z, P30D",
    })
    void slidingWindow_ofAnInstant_isABucketOfASixtieth(
            Duration length, Instant now, Instant start, Instant end, String shown) {
        BudgetWindow window = new SlidingWindow(length);

        assertThat(window.start(now)).isEqualTo(start);
        assertThat(window.end(now)).isEqualTo(end);
        assertThat(window.start(end)).isEqualTo(end);
        assertThat(window.text()).isEqualTo("window=" + shown + " kind=sliding");
    }

    /** What is charged at any two instants that lie less than the window apart counts together. */
    @Property
    void slidingWindow_countsTogether_whateverLiesWithinItsLength(
            @ForAll @IntRange(min = 1, max = 60 * 24 * 366) int minutes,
            @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long millis,
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long apart) {
        BudgetWindow window = new SlidingWindow(Duration.ofMinutes(minutes));
        Instant now = Instant.ofEpochMilli(millis);
        Instant before = now.minusMillis(apart % (minutes * 60_000L));

        assertThat(window.start(before)).isBetween(window.countsFrom(now), window.start(now));
        assertThat(window.countsUntil(before)).isAfter(now);
        assertThat(window.start(window.countsUntil(before))).isEqualTo(window.countsUntil(before));
    }

    @Test
    void slidingWindow_notOfWholeMinutes_isRefused() {
        for (Duration length : List.of(
                Duration.ofSeconds(59), Duration.ofSeconds(90), Duration.ofDays(367), Duration.ofSeconds(60, 1))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new SlidingWindow(length));
        }
    }
}
