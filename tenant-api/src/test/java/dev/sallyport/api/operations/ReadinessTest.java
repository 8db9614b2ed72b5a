package dev.sallyport.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.ledger.Health;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
    private final Readiness readiness = new Readiness();
    private final AtomicReference<Health> ledger = new AtomicReference<>(health(true, 100, false));

    private static Health health(boolean recording, long sinceFlushMs, boolean retired) {
        return new Health(recording, Duration.ofMillis(sinceFlushMs), 0, 7, retired, true, Duration.ZERO);
    }

    @Test
    void node_starting_isNotReadyAndRecordsNothing() {
        assertThat(readiness.state()).isEqualTo(Readiness.State.STARTING);
        assertThat(readiness.ready()).isFalse();
        assertThat(readiness.recording()).isFalse();
    }

    @Test
    void node_servingAndRecording_isReady() {
        readiness.serving(ledger::get);

        assertThat(readiness.state()).isEqualTo(Readiness.State.READY);
        assertThat(readiness.ready()).isTrue();
    }

    @Test
    void node_flushTwoSecondsOld_isReadyAndOlderIsNot() {
        readiness.serving(ledger::get);

        ledger.set(health(true, 2_000, false));
        assertThat(readiness.ready()).isTrue();
        ledger.set(health(true, 2_001, false));
        assertThat(readiness.state()).isEqualTo(Readiness.State.NOT_RECORDING);
    }

    @Test
    void node_ledgerClosed_isNotReadyThoughItsLastFlushIsRecent() {
        readiness.serving(ledger::get);

        ledger.set(health(false, 10, false));

        assertThat(readiness.state()).isEqualTo(Readiness.State.NOT_RECORDING);
    }

    @Test
    void node_databaseBack_isReadyAgain() {
        readiness.serving(ledger::get);
        ledger.set(health(false, 9_000, false));
        assertThat(readiness.ready()).isFalse();

        ledger.set(health(true, 5, false));

        assertThat(readiness.ready()).isTrue();
    }

    @Test
    void node_replacedByAnother_isRetiredHoweverRecentItsFlush() {
        readiness.serving(ledger::get);

        ledger.set(health(true, 5, true));

        assertThat(readiness.state()).isEqualTo(Readiness.State.RETIRED);
        assertThat(readiness.recording()).isFalse();
    }

    @Test
    void node_whoseReceiptsNobodyCouldCheck_isNotReady() {
        readiness.serving(ledger::get);

        ledger.set(new Health(true, Duration.ZERO, 0, 7, false, false, Duration.ZERO));

        assertThat(readiness.state()).isEqualTo(Readiness.State.NOT_CERTIFIED);
        assertThat(readiness.recording()).isFalse();
    }

    @Test
    void node_draining_isNotReadyButStillRecords() {
        readiness.serving(ledger::get);
        readiness.draining();

        assertThat(readiness.state()).isEqualTo(Readiness.State.DRAINING);
        assertThat(readiness.ready()).isFalse();
        assertThat(readiness.recording()).isTrue();
    }

    @Test
    void node_drainingWhileStarting_neverBecomesReady() {
        readiness.draining();
        readiness.serving(ledger::get);

        assertThat(readiness.ready()).isFalse();
    }

    @Test
    void node_thatSignsTheLogNoMore_isNotReady() {
        readiness.serving(ledger::get);
        readiness.signing(() -> false);
        assertThat(readiness.state()).isEqualTo(Readiness.State.LOG_REFUSED);
        assertThat(readiness.state().word()).isEqualTo("log refused");
        readiness.draining();
        assertThat(readiness.state()).isEqualTo(Readiness.State.DRAINING);
    }
}
