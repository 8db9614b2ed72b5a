package dev.sallyport.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Two tenants with a row in every table that the catalogue knows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TenantIsolationIT {
    private final TestDatabase database = TestDatabase.fresh();
    private final List<String> tables = new ArrayList<>();

    @BeforeAll
    void fill() throws SQLException {
        try (Connection superuser = database.superuser()) {
            tables.addAll(Sql.column(superuser, """
                    SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'sallyport'::regnamespace
                      AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND EXISTS (
                        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant')
                    ORDER BY c.relname <> 'tenants', c.relname"""));
            for (String table : tables) {
                for (String tenant : List.of("tenant-a", "tenant-b")) {
                    insert(superuser, table, tenant);
                }
            }
        }
        assertThat(tables).hasSizeGreaterThan(10);
    }

    List<String> tables() {
        return tables;
    }

    @ParameterizedTest
    @MethodSource("tables")
    void app_withoutTenant_seesNoRow(String table) throws SQLException {
        try (Connection app = database.connect(DatabaseRole.APP)) {
            if (may(app, table, "SELECT")) {
                assertThat(Sql.one(app, "SELECT count(*) FROM " + table)).isEqualTo("0");
                Sql.begin(app, "tenant-a");
                app.commit();
                assertThat(Sql.one(app, "SELECT current_setting('sallyport.tenant')"))
                        .isEmpty();
                assertThat(Sql.one(app, "SELECT count(*) FROM " + table)).isEqualTo("0");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void app_asOneTenant_seesAndChangesNothingOfAnother(String table) throws SQLException {
        try (Connection app = database.connect(DatabaseRole.APP)) {
            Sql.begin(app, "tenant-a");
            if (may(app, table, "SELECT")) {
                assertThat(Sql.column(app, "SELECT DISTINCT tenant FROM " + table))
                        .containsExactly("tenant-a");
            }
            if (may(app, table, "DELETE")) {
                assertThat(Sql.update(app, "DELETE FROM " + table + " WHERE tenant = 'tenant-b'"))
                        .isZero();
            }
            for (String column : updatable(app, table)) {
                assertThat(Sql.update(
                                app,
                                "UPDATE " + table + " SET " + column + " = " + column + " WHERE tenant = 'tenant-b'"))
                        .isZero();
            }
            if (may(app, table, "INSERT")) {
                assertThatThrownBy(() -> insert(app, table, "tenant-c"))
                        .hasMessageContaining("violates row-level security policy");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void auditor_inAScope_seesThatScope(String table) throws SQLException {
        try (Connection auditor = database.connect(DatabaseRole.AUDITOR)) {
            if (!may(auditor, table, "SELECT")) {
                return;
            }
            assertThat(Sql.one(auditor, "SELECT count(*) FROM " + table)).isEqualTo("0");
            Sql.begin(auditor, "tenant-b");
            assertThat(Sql.column(auditor, "SELECT DISTINCT tenant FROM " + table))
                    .containsExactly("tenant-b");
            auditor.commit();
            Sql.run(auditor, "SELECT set_config('sallyport.scope', 'platform', true)");
            assertThat(Sql.column(auditor, "SELECT DISTINCT tenant FROM " + table))
                    .contains("tenant-a", "tenant-b");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DatabaseRole.class,
            names = {"DOOR", "LEDGER_WRITER", "JANITOR"})
    void role_ofFunctions_readsNoTable(DatabaseRole role) throws SQLException {
        try (Connection connection = database.connect(role)) {
            for (String table : tables) {
                assertThat(may(connection, table, "SELECT")).isFalse();
                assertThatThrownBy(() -> Sql.one(connection, "SELECT count(*) FROM sallyport." + table))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void owner_ofTheTables_seesNoRow() throws SQLException {
        try (Connection owner = database.owner()) {
            for (String table : List.of("tenants", "api_keys", "budget_shares")) {
                assertThat(Sql.one(owner, "SELECT count(*) FROM " + table)).isEqualTo("0");
            }
        }
    }

    @Test
    void partition_readDirectly_isRefused() throws SQLException {
        try (Connection auditor = database.connect(DatabaseRole.AUDITOR)) {
            assertThatThrownBy(() -> Sql.one(auditor, "SELECT count(*) FROM records_standard"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void model_ofAnother_isSeenWhileGrantedAndOnlyItsOwnerGrants() throws SQLException {
        String versions = "SELECT DISTINCT tenant FROM model_versions ORDER BY 1";
        String grant = "INSERT INTO model_grants (tenant, alias, owner, model) VALUES (?, 'theirs', ?, 'x')";
        try (Connection app = database.connect(DatabaseRole.APP)) {
            Sql.begin(app, "tenant-a");
            assertThatThrownBy(() -> Sql.run(app, grant, "tenant-a", "tenant-b"))
                    .hasMessageContaining("row-level security");
            app.rollback();
            Sql.begin(app, "tenant-b");
            Sql.run(app, grant, "tenant-a", "tenant-b");
            Sql.begin(app, "tenant-a");
            assertThat(Sql.column(app, versions)).containsExactly("tenant-a", "tenant-b");
            Sql.begin(app, "tenant-b");
            assertThat(Sql.column(app, versions)).containsExactly("tenant-b");
            assertThat(Sql.update(app, "UPDATE model_grants SET revoked_at = now() WHERE alias = 'theirs'"))
                    .isEqualTo(1);
            Sql.begin(app, "tenant-a");
            assertThat(Sql.column(app, versions)).containsExactly("tenant-a");
            app.rollback();
        }
    }

    @Test
    void sequencer_ordersRecords_andReadsNoneOfThem() throws SQLException {
        try (Connection sequencer = database.connect(DatabaseRole.SEQUENCER)) {
            assertThat(Sql.column(sequencer, "SELECT DISTINCT tenant FROM records"))
                    .containsExactlyInAnyOrder("tenant-a", "tenant-b");
            for (String unseen :
                    List.of("SELECT record FROM records", "SELECT * FROM payloads", "SELECT * FROM tenants")) {
                assertThatThrownBy(() -> Sql.column(sequencer, unseen)).hasMessageContaining("permission denied");
            }
            for (String kept :
                    List.of("DELETE FROM entry_runs", "UPDATE entry_runs SET count = 1", "DELETE FROM rounds")) {
                assertThatThrownBy(() -> Sql.update(sequencer, kept)).hasMessageContaining("permission denied");
            }
        }
    }

    private static boolean may(Connection connection, String table, String privilege) throws SQLException {
        return Sql.one(connection, "SELECT has_table_privilege(?, ?)", "sallyport." + table, privilege)
                .equals("t");
    }

    private static List<String> updatable(Connection app, String table) throws SQLException {
        return Sql.column(app, """
                SELECT a.attname FROM pg_attribute a WHERE a.attrelid = ?::regclass AND a.attnum > 0
                  AND has_column_privilege(a.attrelid, a.attnum, 'UPDATE')""", "sallyport." + table);
    }

    /** Inserts a row with a value for each column that needs one. */
    private static void insert(Connection connection, String table, String tenant) throws SQLException {
        List<String> columns = Sql.column(
                connection,
                "SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND attnotnull"
                        + " AND NOT atthasdef ORDER BY attnum",
                "sallyport." + table);
        String values = columns.stream()
                .map(column -> value(connection, table, column, tenant))
                .collect(Collectors.joining(", "));
        Sql.run(connection, "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES (" + values + ")");
    }

    private static String value(Connection connection, String table, String column, String tenant) {
        if (column.equals("tenant") || column.equals("owner")) {
            return "'" + tenant + "'";
        }
        if (column.equals("retention_class")) {
            return "'standard'";
        }
        try {
            String type = Sql.one(
                    connection,
                    "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = ?::regclass AND attname = ?",
                    "sallyport." + table,
                    column);
            return switch (type) {
                case "text" -> "'x'";
                case "bytea" -> "sha256('" + tenant + "')";
                case "smallint", "integer", "bigint" -> "1";
                case "timestamp with time zone" -> "now()";
                case "text[]" -> "'{x}'";
                default -> throw new IllegalStateException("no value for a " + type);
            };
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
