package dev.sallyport.ledger;

import static dev.sallyport.ledger.LedgerFixture.ACME;
import static dev.sallyport.ledger.LedgerFixture.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.ledger.budget.Reservation;
import dev.sallyport.migrations.EmbeddedPostgres;
import dev.sallyport.migrations.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KilledPostgresIT {
    @Test
    @Timeout(120)
    void storm_postgresKilledInItsMiddle_everyAnswerHasItsRecordAndNoChargeIsLostOrDoubled() throws Exception {
        EmbeddedPostgres server = TestDatabase.server();
        try (var fixture = new LedgerFixture()) {
            var storm = new Storm(fixture, 48, Duration.ofMillis(700));
            for (int kill = 0; kill < 3; kill++) {
                Thread.sleep(400);
                long killed = server.pid();
                assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly())
                        .isTrue();
                awaitAnother(server, killed);
                awaitRecording(fixture);
            }
            int answeredBefore = storm.answered.size();
            Thread.sleep(300);
            assertThat(storm.answered.size()).as("records by itself again").isGreaterThan(answeredBefore);
            storm.stop();
            assertThat(storm.refused.get())
                    .as("was refused while Postgres was away")
                    .isPositive();
            assertThat(LedgerAudit.faults(fixture.database, storm.answered)).isEmpty();
            budgetsAgreeWithTheDatabase(fixture);
        }
    }

    /** Until the server was started again, a process that the killed one left behind may still commit. */
    private static void awaitAnother(EmbeddedPostgres server, long killed) throws InterruptedException {
        while (server.pid() == killed) {
            Thread.sleep(20);
        }
    }

    private static void awaitRecording(LedgerFixture fixture) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (fixture.append(fixture.permit(ACME, FIRST, List.of()), null) instanceof AppendResult.Committed) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("it never recorded again");
    }

    /** What memory holds as used, after all the failures, is what the database says. */
    private static void budgetsAgreeWithTheDatabase(LedgerFixture fixture) {
        long limit = 1_000_000_000;
        Reservation one = fixture.reserve(ACME, LedgerFixture.daily("a", limit, 1));
        long used = LedgerAudit.sums(fixture.database).entrySet().stream()
                .filter(sum -> sum.getKey().startsWith("acme|budget=a|"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertThat(limit - one.remaining().getFirst().remaining() - 1).isEqualTo(used);
        one.release();
    }
}
