package dev.sallyport.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlushGapTest {
    @Test
    void gap_afterASmallFlush_isNone() {
        for (int size = 0; size <= 4; size++) {
            assertThat(FlushLoop.gap(size)).isZero();
        }
    }

    @Test
    void gap_growsWithTheLastFlush_upToAMillisecond() {
        assertThat(FlushLoop.gap(5)).isEqualTo(50_000);
        assertThat(FlushLoop.gap(14)).isEqualTo(500_000);
        assertThat(FlushLoop.gap(24)).isEqualTo(1_000_000);
        assertThat(FlushLoop.gap(Integer.MAX_VALUE)).isEqualTo(1_000_000);
    }
}
