package dev.sallyport.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class FenceIT {
    private static final String BEGIN = "SELECT unnest(flush_begin(?, ?, ?, ?::text[], ?::bigint[], ?))";

    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void flush_underCurrentState_findsNothingStale() throws SQLException {
        try (Connection writer = database.connect(DatabaseRole.LEDGER_WRITER)) {
            long generation = start(writer, "node-1");
            assertThat(generation).isEqualTo(1);
            assertThat(begin(writer, generation, 1, "{a,b}", "{0,0}", 1)).isEmpty();
        }
    }

    @Test
    void flush_underOldEpochs_namesTheTenantsThatMoved() throws SQLException {
        raise("b");
        try (Connection writer = database.connect(DatabaseRole.LEDGER_WRITER)) {
            long generation = start(writer, "node-1");
            assertThat(begin(writer, generation, 1, "{a,b}", "{0,0}", 1)).containsExactly("b");
            assertThat(begin(writer, generation, 2, "{a,b}", "{0,1}", 1)).isEmpty();
            raise("platform");
            assertThat(begin(writer, generation, 3, "{a,b}", "{0,0}", 1)).containsExactly("b", "platform");
        }
    }

    @Test
    void flush_ofARetiredGeneration_isRefused() throws SQLException {
        try (Connection writer = database.connect(DatabaseRole.LEDGER_WRITER)) {
            long first = start(writer, "node-1");
            long second = start(writer, "node-1");
            assertThat(second).isGreaterThan(first);
            assertState("SP001", () -> begin(writer, first, 1, "{}", "{}", 1));
            start(writer, "node-2");
            assertThat(begin(writer, second, 1, "{}", "{}", 1)).isEmpty();
            assertState("SP001", () -> begin(writer, 99, 1, "{}", "{}", 1));
        }
    }

    @Test
    void flush_committedBefore_conflictsAndChargesNothingAgain() throws SQLException {
        try (Connection writer = database.connect(DatabaseRole.LEDGER_WRITER)) {
            long generation = start(writer, "node-1");
            writer.setAutoCommit(false);
            begin(writer, generation, 7, "{}", "{}", 1);
            grant(writer, generation, "{a}", "{day}", "{0}", "{5}");
            Sql.run(writer, "SELECT charge('node-1', ?, '{a}', '{day}', '{0}', '{5}')", generation);
            writer.commit();
            assertState("23505", () -> begin(writer, generation, 7, "{}", "{}", 1));
            writer.rollback();
            assertThat(used("a", "day")).isEqualTo("5");
        }
    }

    @Test
    void flush_waitingForAChangeOfState_seesIt() throws Exception {
        try (Connection writer = database.connect(DatabaseRole.LEDGER_WRITER);
                Connection app = database.connect(DatabaseRole.APP);
                Connection superuser = database.superuser();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long generation = start(writer, "node-1");
            Sql.begin(app, "a");
            Sql.run(app, "SELECT state_lock()");
            Future<List<String>> flush = threads.submit(() -> begin(writer, generation, 1, "{a}", "{0}", 1));
            while (!Sql.one(superuser, "SELECT count(*) FROM pg_locks WHERE NOT granted")
                    .equals("1")) {
                Thread.onSpinWait();
            }
            Sql.run(app, "SELECT epoch_raise('a')");
            app.commit();
            assertThat(flush.get(10, TimeUnit.SECONDS)).containsExactly("a");
        }
    }

    @Test
    void flush_inAnotherIsolation_isRefused() throws SQLException {
        try (Connection writer = database.connect(DatabaseRole.LEDGER_WRITER)) {
            long generation = start(writer, "node-1");
            writer.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertState("SP002", () -> begin(writer, generation, 1, "{}", "{}", 1));
        }
    }

    @Test
    void change_withoutTheLockOrAfterAWrite_isRefused() throws SQLException {
        try (Connection app = database.connect(DatabaseRole.APP)) {
            Sql.begin(app, "platform");
            assertState("SP002", () -> Sql.run(app, "SELECT epoch_raise('a')"));
            app.rollback();
            Sql.begin(app, "platform");
            Sql.run(app, "UPDATE tenants SET name = 'x'");
            assertState("SP002", () -> Sql.run(app, "SELECT state_lock()"));
            app.rollback();
            Sql.begin(app, "platform");
            Sql.run(app, "SELECT state_lock()");
            Sql.run(app, "UPDATE tenants SET name = 'x'");
            Sql.run(app, "SELECT state_lock()");
            assertThat(Sql.one(app, "SELECT epoch_raise('platform')")).isEqualTo("2");
            assertThat(Sql.one(app, "SELECT platform_epoch FROM epochs_read()")).isEqualTo("2");
        }
    }

    @Test
    void charges_concurrentAndOverlapping_addUpWithoutDeadlock() throws Exception {
        int flushes = 150;
        long generation;
        try (Connection writer = database.connect(DatabaseRole.LEDGER_WRITER)) {
            generation = start(writer, "node-1");
            grant(writer, generation, "{a,a,b,c}", "{x,y,y,z}", "{0,0,0,0}", "{450,1800,900,1350}");
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = List.of(
                    threads.submit(() -> chargeOften(generation, flushes, "{a,b,c,a}", "{x,y,z,y}", "{1,2,3,4}")),
                    threads.submit(() -> chargeOften(generation, flushes, "{a,c,b,a}", "{y,z,y,x}", "{4,3,2,1}")),
                    threads.submit(() -> chargeOften(generation, flushes, "{c,b,a,a}", "{z,y,y,x}", "{3,2,4,1}")));
            for (Future<?> one : running) {
                one.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(List.of(used("c", "z"), used("a", "y"), used("b", "y"), used("a", "x")))
                .containsExactly("1350", "1800", "900", "450");
        try (Connection writer = database.connect(DatabaseRole.LEDGER_WRITER)) {
            assertState(
                    "SP001",
                    () -> Sql.run(writer, "SELECT charge('node-1', ?, '{a}', '{x}', '{0}', '{1}')", generation));
        }
    }

    @Test
    void charge_negative_isRefused() throws SQLException {
        try (Connection writer = database.connect(DatabaseRole.LEDGER_WRITER)) {
            assertState("SP002", () -> Sql.run(writer, "SELECT charge('n', 1, '{a}', '{x}', '{0}', '{-1}')"));
        }
    }

    private boolean chargeOften(long generation, int times, String tenants, String budgets, String rows)
            throws SQLException {
        try (Connection writer = database.connect(DatabaseRole.LEDGER_WRITER)) {
            for (int i = 0; i < times; i++) {
                Sql.run(
                        writer,
                        "SELECT charge('node-1', ?, ?::text[], ?::text[], '{0,0,0,0}', ?::bigint[])",
                        generation,
                        tenants,
                        budgets,
                        rows);
            }
        }
        return true;
    }

    /** Grants exactly these rows of windows that begin at the epoch and never end. */
    private static void grant(
            Connection writer, long generation, String tenants, String budgets, String starts, String rows)
            throws SQLException {
        int count = starts.split(",", -1).length;
        String places = "{" + String.join(",", List.of("1", "2", "3", "4").subList(0, count)) + "}";
        String ends = starts.replace("0", "9000000000000000");
        assertThat(Sql.one(
                        writer,
                        "SELECT granted FROM budget_take('node-1', ?, ?::text[], ?::text[], ?::bigint[], ?::bigint[],"
                                + " ?::bigint[], ?::bigint[], ?::bigint[], ?::integer[], ?::integer[], ?::bigint[],"
                                + " ?::bigint[], ?::bigint[])",
                        generation,
                        tenants,
                        budgets,
                        starts,
                        ends,
                        starts,
                        starts,
                        starts,
                        places,
                        places,
                        rows,
                        rows,
                        starts))
                .isEqualTo(rows);
    }

    private String used(String tenant, String budget) throws SQLException {
        try (Connection superuser = database.superuser()) {
            return Sql.one(
                    superuser, "SELECT sum(used) FROM budget_shares WHERE tenant = ? AND budget = ?", tenant, budget);
        }
    }

    private void raise(String tenant) throws SQLException {
        try (Connection app = database.connect(DatabaseRole.APP)) {
            Sql.begin(app, tenant);
            Sql.run(app, "SELECT state_lock()");
            Sql.run(app, "SELECT epoch_raise(?)", tenant);
            app.commit();
        }
    }

    private static long start(Connection writer, String node) throws SQLException {
        return Long.parseLong(Sql.one(writer, "SELECT node_start(?, gen_random_uuid()::text)", node));
    }

    private static List<String> begin(
            Connection writer, long generation, long number, String tenants, String epochs, long platform)
            throws SQLException {
        return Sql.column(writer, BEGIN, "node-1", generation, number, tenants, epochs, platform);
    }

    private static void assertState(String state, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo(state));
    }
}
