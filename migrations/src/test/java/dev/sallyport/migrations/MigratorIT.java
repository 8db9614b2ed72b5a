package dev.sallyport.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class MigratorIT {
    private static final Path DEBIAN_15 = Path.of("/usr/lib/postgresql/15");

    @Test
    void schema_migratedAgainAndAtOnce_staysAsItIs() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> migrate(database));
            var second = threads.submit(() -> migrate(database));
            assertThat(first.get(60, TimeUnit.SECONDS).applied()).isEmpty();
            assertThat(second.get(60, TimeUnit.SECONDS).applied()).isEmpty();
        }
        assertThat(Migrator.check(app(database))).isInstanceOf(SchemaCheck.Fits.class);
        try (Connection superuser = database.superuser()) {
            assertThat(new Catalogue(superuser).faults()).isEmpty();
        }
    }

    @Test
    void failure_ofTheScripts_isNotHiddenByItsConsequences() throws SQLException {
        TestDatabase database = TestDatabase.fresh();
        try (Connection superuser = database.superuser()) {
            Sql.run(superuser, "DROP TABLE flyway_schema_history");
            assertThatThrownBy(() -> migrate(database))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("non-empty schema")
                    .cause()
                    .satisfies(cause -> assertThat(cause.getSuppressed())
                            .singleElement()
                            .satisfies(consequence ->
                                    assertThat(consequence).hasMessageContaining("flyway_schema_history")));
            assertThat(Sql.column(
                            superuser,
                            "SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid"
                                    + " WHERE m.member = '" + database.ownerUser()
                                    + "'::regrole AND (m.inherit_option OR m.set_option)"
                                    + " AND r.rolname LIKE '%\\_fn'"))
                    .as("what was lent for the scripts is taken back")
                    .isEmpty();
        }
    }

    @Test
    void schema_thatDoesNotFit_isNamed() throws SQLException {
        assertUnfit(
                "DELETE FROM flyway_schema_history WHERE version = '3'", "3 is not applied: run `sallyport migrate`");
        assertUnfit(
                "UPDATE flyway_schema_history SET checksum = 1 WHERE version = '2'",
                "2 was applied from another script");
        assertUnfit(
                "UPDATE flyway_schema_history SET version = '99' WHERE version = '3'", "99 in the database is newer");
        assertUnfit("UPDATE flyway_schema_history SET success = false WHERE version = '3'", "3 failed");
        assertUnfit("ALTER TABLE reports OWNER TO app", "the database role app owns tables");
    }

    @Test
    void database_withoutSchema_isNamed() throws SQLException {
        TestDatabase database = TestDatabase.fresh();
        try (Connection superuser = database.superuser()) {
            Sql.run(superuser, "DROP SCHEMA sallyport CASCADE");
        }
        assertThat(Migrator.check(app(database)))
                .isInstanceOfSatisfying(
                        SchemaCheck.Unfit.class,
                        unfit -> assertThat(unfit.faults())
                                .containsExactly("the database has no schema: run `sallyport migrate`"));
    }

    @Test
    void servingRole_withMoreThanItsDue_isNamed() throws SQLException {
        TestDatabase database = TestDatabase.fresh();
        try (Connection superuser = database.superuser()) {
            try {
                Sql.run(superuser, "ALTER ROLE door BYPASSRLS");
                Sql.run(superuser, "GRANT pg_monitor TO auditor");
                assertThat(Migrator.check(app(database)))
                        .isInstanceOfSatisfying(
                                SchemaCheck.Unfit.class,
                                unfit -> assertThat(unfit.faults())
                                        .hasSize(2)
                                        .anyMatch(fault -> fault.contains("door has SUPERUSER, BYPASSRLS"))
                                        .anyMatch(fault -> fault.contains("auditor is a member of other roles")));
            } finally {
                Sql.run(superuser, "ALTER ROLE door NOBYPASSRLS");
                Sql.run(superuser, "REVOKE pg_monitor FROM auditor");
            }
        }
    }

    /** Debian's PostgreSQL 15, where it is installed: the oldest that is supported. */
    @Test
    void postgres15_servesAsPostgres18Does() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(DEBIAN_15.resolve("bin/postgres")), "PostgreSQL 15 is not installed here");
        Path root = TestDatabase.directory();
        PostgresBinaries fifteen = new PostgresBinaries(DEBIAN_15, "15.0");
        try (EmbeddedPostgres server = EmbeddedPostgres.start(
                        root, root.resolve("keys"), fifteen, ProcessOwner.detect(), TestDatabase.SILENT);
                Connection superuser = server.superuser(EmbeddedPostgres.DATABASE)) {
            for (int i = 0; i < 2; i++) {
                Migrator.migrate(server.jdbcUrl(), EmbeddedPostgres.OWNER, server.ownerPassword(), server.passwords());
            }
            assertThat(Sql.one(superuser, "SHOW server_version")).startsWith("15.");
            Sql.run(superuser, "SET search_path = sallyport");
            assertThat(new Catalogue(superuser).faults()).isEmpty();
            assertThat(ServerSettings.faults(server.jdbcUrl(), server.passwords(), server.otherUsers()))
                    .isEmpty();
            assertThat(Migrator.check(source(server.jdbcUrl(), server.password(DatabaseRole.APP))))
                    .isInstanceOf(SchemaCheck.Fits.class);
            assertFlushes(server);
        } finally {
            Trees.delete(root);
        }
    }

    private static void assertFlushes(EmbeddedPostgres server) throws SQLException {
        try (Connection writer = java.sql.DriverManager.getConnection(
                        server.jdbcUrl(), "ledger_writer", server.password(DatabaseRole.LEDGER_WRITER));
                Connection janitor = java.sql.DriverManager.getConnection(
                        server.jdbcUrl(), "janitor", server.password(DatabaseRole.JANITOR))) {
            assertThat(Sql.one(writer, "SELECT node_start('n', 's')")).isEqualTo("1");
            assertThat(Sql.one(writer, "SELECT flush_begin('n', 1, 1, '{a}', '{1}', 1)"))
                    .isEqualTo("{a}");
            assertThat(Sql.one(
                            writer,
                            "SELECT granted FROM budget_take('n', 1, '{a}', '{day}', '{0}', '{9000000000000000}', '{0}',"
                                    + " '{0}', '{0}', '{1}', '{1}', '{5}', '{5}', '{0}')"))
                    .isEqualTo("{5}");
            Sql.run(writer, "SELECT charge('n', 1, '{a}', '{day}', '{0}', '{5}')");
            Sql.run(
                    writer,
                    "INSERT INTO records (tenant, id, retention_class, recorded_at, digest, record)"
                            + " VALUES ('a', '1', 'short', now(), sha256(''), '')");
            assertThat(Sql.one(janitor, "SELECT partitions_ensure('2031-05-17')"))
                    .isEqualTo("3");
        }
    }

    private static void assertUnfit(String damage, String fault) throws SQLException {
        TestDatabase database = TestDatabase.fresh();
        try (Connection superuser = database.superuser()) {
            Sql.run(superuser, damage);
        }
        assertThat(Migrator.check(app(database)))
                .isInstanceOfSatisfying(
                        SchemaCheck.Unfit.class,
                        unfit -> assertThat(unfit.faults()).anyMatch(line -> line.contains(fault)));
    }

    private static MigrationResult migrate(TestDatabase database) {
        return Migrator.migrate(
                database.jdbcUrl(), database.ownerUser(), database.ownerPassword(), database.passwords());
    }

    private static PGSimpleDataSource app(TestDatabase database) {
        return source(database.jdbcUrl(), database.password(DatabaseRole.APP));
    }

    private static PGSimpleDataSource source(String url, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser("app");
        source.setPassword(password);
        return source;
    }
}
