package dev.sallyport.ledger;

import static dev.sallyport.ledger.LedgerFixture.ACME;
import static dev.sallyport.ledger.LedgerFixture.FIRST;
import static dev.sallyport.ledger.LedgerFixture.daily;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Charge;
import dev.sallyport.format.Sha256;
import dev.sallyport.ledger.budget.Reservation;
import dev.sallyport.ledger.budget.ReserveResult;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LostCommitIT {
    private final AtomicReference<CuttingProxy.Cut> next = new AtomicReference<>(CuttingProxy.Cut.NONE);

    private CuttingProxy proxy() {
        return new CuttingProxy(TestDatabase.fresh().jdbcUrl(), () -> next.getAndSet(CuttingProxy.Cut.NONE));
    }

    @ParameterizedTest
    @EnumSource(
            value = CuttingProxy.Cut.class,
            names = {"BEFORE", "AFTER"})
    @Timeout(60)
    void commit_cutOnce_isResolvedAndChargedOnce(CuttingProxy.Cut cut) throws Exception {
        try (CuttingProxy proxy = proxy();
                var fixture = new LedgerFixture(proxy::through)) {
            Reservation reservation = fixture.reserve(ACME, daily("day", 10, 3));
            AuditRecord record = fixture.permit(ACME, FIRST, reservation.charges());
            next.set(cut);

            AppendResult.Committed committed = LedgerFixture.committed(fixture.append(record, reservation));

            assertThat(committed.recordId()).isEqualTo(record.id());
            assertThat(Receipts.faults(fixture, Map.of(record.id(), committed.receipt())))
                    .isEmpty();

            assertThat(proxy.cuts).hasValue(1);
            assertThat(LedgerAudit.faults(fixture.database, List.of(record.id())))
                    .isEmpty();
            assertThat(fixture.reserve(ACME, daily("day", 10, 1))
                            .remaining()
                            .getFirst()
                            .remaining())
                    .isEqualTo(6);
        }
    }

    @Test
    @Timeout(60)
    void commit_outcomeOpenAtTheDeadline_holdsTheReservationUntilItIsKnown() throws Exception {
        try (var proxy = new CuttingProxy(TestDatabase.fresh().jdbcUrl(), next::get);
                var fixture = new LedgerFixture(proxy::through)) {
            Reservation reservation = fixture.reserve(ACME, daily("day", 3, 3));
            AuditRecord record = fixture.permit(ACME, FIRST, reservation.charges());
            next.set(CuttingProxy.Cut.BEFORE);

            AppendResult late = fixture.ledger
                    .writer()
                    .append(Append.of(record, reservation, Duration.ofMillis(300)))
                    .toCompletableFuture()
                    .join();

            assertThat(late).isInstanceOf(AppendResult.Unavailable.class);
            var meanwhile = fixture.ledger
                    .budgets()
                    .reserve(ACME, List.of(daily("day", 3, 1)))
                    .toCompletableFuture()
                    .join();
            assertThat(meanwhile).isInstanceOf(ReserveResult.Exhausted.class);

            next.set(CuttingProxy.Cut.NONE);
            assertThat(fixture.append(fixture.permit(ACME, FIRST, List.of()), null))
                    .isInstanceOf(AppendResult.Committed.class);
            assertThat(LedgerAudit.faults(fixture.database, List.of())).isEmpty();
            assertThat(LedgerAudit.sums(fixture.database).values()).containsExactly(3L);
        }
    }

    @Test
    @Timeout(120)
    void storm_commitsCutAtRandom_nothingIsLostOrDoubled() throws Exception {
        RandomGenerator random = new Random(20261123);
        try (var proxy = new CuttingProxy(TestDatabase.fresh().jdbcUrl(), () -> {
                    if (next.get() == CuttingProxy.Cut.NONE) {
                        return CuttingProxy.Cut.NONE;
                    }
                    synchronized (random) {
                        return switch (random.nextInt(6)) {
                            case 0 -> CuttingProxy.Cut.BEFORE;
                            case 1 -> CuttingProxy.Cut.AFTER;
                            default -> CuttingProxy.Cut.NONE;
                        };
                    }
                });
                var fixture = new LedgerFixture(proxy::through)) {
            next.set(CuttingProxy.Cut.AFTER);
            var storm = new Storm(fixture, 32, Duration.ofSeconds(5));
            while (proxy.cuts.get() < 20) {
                Thread.sleep(50);
            }
            storm.stop();
            next.set(CuttingProxy.Cut.NONE);
            assertThat(storm.answered).isNotEmpty();
            assertThat(LedgerAudit.faults(fixture.database, storm.answered)).isEmpty();
            assertThat(storm.receipts.keySet()).isEqualTo(storm.answered);
            assertThat(Receipts.faults(fixture, storm.receipts)).isEmpty();
        }
    }

    /** What one would write first: the records keep themselves unique, and a lost COMMIT is simply sent again. */
    private static void naive(String url, TestDatabase database, AuditRecord record) throws SQLException {
        for (int attempt = 0; attempt < 5; attempt++) {
            try (Connection connection =
                    DriverManager.getConnection(url, "ledger_writer", database.password(DatabaseRole.LEDGER_WRITER))) {
                connection.setAutoCommit(false);
                try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO records (tenant, id, retention_class, recorded_at, digest, record)"
                                + " VALUES (?, ?, 'standard', to_timestamp(? / 1000.0), ?, ?) ON CONFLICT DO NOTHING")) {
                    insert.setString(1, record.tenant());
                    insert.setString(2, record.id());
                    insert.setLong(3, record.idInstant().toEpochMilli());
                    insert.setBytes(4, Sha256.digest(record.encode()));
                    insert.setBytes(5, record.encode());
                    insert.executeUpdate();
                }
                for (Charge charge : record.charges()) {
                    try (PreparedStatement add = connection.prepareStatement(
                            "SELECT charge('node-1', 1, ARRAY[?], ARRAY[?], ARRAY[?::bigint], ARRAY[?::bigint])")) {
                        add.setString(1, record.tenant());
                        add.setString(2, charge.budget());
                        add.setLong(3, charge.window());
                        add.setLong(4, charge.rows());
                        add.execute();
                    }
                }
                connection.commit();
                return;
            } catch (SQLException lost) {
                if (lost.getSQLState() != null && !lost.getSQLState().startsWith("08")) {
                    throw lost;
                }
            }
        }
    }

    @Test
    @Timeout(60)
    void naiveWriter_commitCut_isCaughtByTheAudit() throws Exception {
        try (CuttingProxy proxy = proxy();
                var fixture = new LedgerFixture()) {
            String url = proxy.through(fixture.database.jdbcUrl());
            Reservation reservation = fixture.reserve(ACME, daily("day", 10, 3));
            fixture.reserve(ACME, daily("day", 10, 4));
            AuditRecord record = fixture.permit(ACME, null, reservation.charges());
            next.set(CuttingProxy.Cut.AFTER);

            naive(url, fixture.database, record);

            assertThat(proxy.cuts).hasValue(1);
            assertThat(LedgerAudit.faults(fixture.database, List.of(record.id())))
                    .singleElement()
                    .asString()
                    .startsWith("the sums are");
        }
    }
}
