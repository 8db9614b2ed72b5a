package dev.sallyport.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RecordsIT {
    private static final String APPEND =
            "INSERT INTO records (tenant, id, retention_class, recorded_at, digest, record)"
                    + " VALUES (?, ?, ?, ?::timestamptz, sha256(''), '')";
    private static final String ACT = "SELECT record_act(?, 'standard', now(), sha256(''), '')";

    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void writer_appendsForManyTenants_andReadsNothingBack() throws SQLException {
        try (Connection writer = database.connect(DatabaseRole.LEDGER_WRITER)) {
            Sql.run(writer, APPEND, "a", "1", "short", "now");
            Sql.run(writer, APPEND, "b", "1", "long", "now");
            assertThatThrownBy(() -> Sql.run(writer, APPEND, "a", "2", "forever", "now"))
                    .hasMessageContaining("no partition");
            assertThatThrownBy(() -> Sql.run(writer, APPEND, "a", "2", "long", "2001-01-01Z"))
                    .hasMessageContaining("no partition");
            assertThatThrownBy(() -> Sql.update(writer, "DELETE FROM records"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> Sql.run(writer, APPEND + " RETURNING id", "a", "3", "short", "now"))
                    .hasMessageContaining("permission denied");
        }
        try (Connection auditor = database.connect(DatabaseRole.AUDITOR)) {
            Sql.begin(auditor, "a");
            assertThat(Sql.column(auditor, "SELECT id FROM records WHERE xid IS NOT NULL"))
                    .containsExactly("1");
        }
    }

    @Test
    void act_isRecordedWithItsTransaction() throws SQLException {
        try (Connection app = database.connect(DatabaseRole.APP);
                Connection superuser = database.superuser()) {
            Sql.begin(app, "platform");
            Sql.run(app, ACT, "undone");
            app.rollback();
            Sql.begin(app, "platform");
            Sql.run(app, ACT, "done");
            app.commit();
            assertThat(Sql.column(superuser, "SELECT tenant || ' ' || id FROM records"))
                    .containsExactly("platform done");
            assertThatThrownBy(() -> Sql.run(app, ACT, "nobody's")).hasMessageContaining("row-level security");
        }
    }

    @Test
    void key_isIdentifiedByItsHashAlone() throws SQLException {
        String identify = "SELECT d::text FROM door_identify(sha256(?::bytea)) d";
        try (Connection app = database.connect(DatabaseRole.APP);
                Connection door = database.connect(DatabaseRole.DOOR)) {
            Sql.begin(app, "a");
            Sql.run(app, "INSERT INTO tenants (tenant, name) VALUES ('a', 'A')");
            Sql.run(
                    app,
                    "INSERT INTO api_keys (tenant, id, lineage, hash, name, role) VALUES ('a', 'k', 'k', sha256('x'), 'K', 'caller')");
            app.commit();
            assertThat(Sql.column(door, identify, "x")).containsExactly("(a,k,k,caller,{},,,f,0,1,f,f)");
            assertThat(Sql.column(door, identify, "y")).isEmpty();
            Sql.begin(app, "a");
            Sql.run(app, "UPDATE api_keys SET revoked_at = now()");
            Sql.run(app, "UPDATE tenants SET deleted_at = now(), suspended_at = now()");
            app.commit();
            assertThat(Sql.column(door, identify, "x")).containsExactly("(a,k,k,caller,{},,,t,0,1,t,t)");
            assertThat(Sql.column(door, "SELECT door_tenants()")).containsExactly("platform");
        }
    }

    @Test
    void partitions_madeWhileAFlushIsOpen_doNotWaitForIt() throws Exception {
        try (Connection writer = database.connect(DatabaseRole.LEDGER_WRITER);
                Connection janitor = database.connect(DatabaseRole.JANITOR);
                Connection superuser = database.superuser();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            writer.setAutoCommit(false);
            Sql.run(writer, APPEND, "a", "1", "short", "now");
            var made = threads.submit(() -> Sql.one(janitor, "SELECT partitions_ensure('2032-01-01')"));
            assertThat(made.get(900, TimeUnit.MILLISECONDS)).isEqualTo("3");
            writer.commit();
            Sql.run(superuser, APPEND, "a", "2", "short", "2032-01-31 23:59:59.999999Z");
            assertThatThrownBy(() -> Sql.run(superuser, APPEND, "a", "3", "short", "2032-02-01Z"))
                    .hasMessageContaining("no partition");
            assertThatThrownBy(() -> Sql.run(writer, APPEND, "a", "2", "short", "2032-01-31 23:59:59.999999Z"))
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    void flushIds_old_arePrunedAndYoungOnesKept() throws SQLException {
        try (Connection janitor = database.connect(DatabaseRole.JANITOR);
                Connection superuser = database.superuser()) {
            Sql.run(
                    superuser,
                    "INSERT INTO flushes (node, generation, number, at) VALUES ('n', 1, 1, now() - interval '3h')");
            Sql.run(superuser, "INSERT INTO flushes (node, generation, number) VALUES ('n', 1, 2)");
            assertThat(Sql.one(janitor, "SELECT flushes_prune('2h')")).isEqualTo("1");
            assertThat(Sql.column(superuser, "SELECT number FROM flushes")).containsExactly("2");
            assertThatThrownBy(() -> Sql.one(janitor, "SELECT flushes_prune('1s')"))
                    .hasMessageContaining("an hour at least");
        }
    }

    @Test
    void transaction_ofAWritingRole_endsWithinASecondIdleIncluded() throws Exception {
        try (Connection app = database.connect(DatabaseRole.APP)) {
            Sql.begin(app, "platform");
            Sql.run(app, "UPDATE tenants SET name = 'never'");
            Thread.sleep(1_300);
            assertThatThrownBy(app::commit).isInstanceOf(SQLException.class);
        }
    }
}
