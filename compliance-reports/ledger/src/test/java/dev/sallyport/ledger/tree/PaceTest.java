package dev.sallyport.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {
    /** A transaction lasts a second at most, so a record may be taken a second after it was committed. */
    @Test
    void rounds_keepTheMergeDelayOfTwoSeconds() {
        var pace = new Pace();
        assertThat(pace.due(Pace.EVERY, true)).isTrue();
        assertThat(Duration.ofSeconds(1).plus(Pace.EVERY)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void rounds_withNothingNew_areAMinuteApart() {
        var pace = new Pace();
        assertThat(pace.due(Duration.ofSeconds(59), false)).isFalse();
        assertThat(pace.due(Duration.ofSeconds(60), false)).isTrue();
    }

    @Test
    void rounds_withABacklog_followEachOther_andTakeMore() {
        var pace = new Pace();
        int before = pace.limit();
        assertThat(pace.due(Duration.ofMillis(1), true)).isFalse();
        pace.took(Duration.ofMillis(100), true);
        assertThat(pace.due(Duration.ofMillis(1), true)).isTrue();
        assertThat(pace.limit()).isGreaterThan(before);
        pace.took(Duration.ofMillis(900), true);
        assertThat(pace.limit()).isEqualTo(before);
        pace.took(Duration.ofMillis(100), false);
        assertThat(pace.due(Duration.ofMillis(1), true)).isFalse();
    }
}
