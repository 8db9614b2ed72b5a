package dev.sallyport.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What the ledger does for its tables when it opens, and hourly after that. */
class JanitorIT {
    private static final List<String> CLASSES = List.of("long", "short", "standard");

    @Test
    void ledger_opened_hasPartitionsForThisMonthAndTheNextTwo() throws SQLException {
        TestDatabase database;
        try (var fixture = new LedgerFixture()) {
            database = fixture.database;
            sql(database, """
                    DO $$ DECLARE part text; BEGIN
                        FOR part IN SELECT relid::text FROM pg_partition_tree('records') WHERE isleaf LOOP
                            EXECUTE 'DROP TABLE ' || part;
                        END LOOP;
                    END $$""");
            fixture.restart();
            YearMonth now = YearMonth.now(ZoneOffset.UTC);
            for (int month = 0; month <= 2; month++) {
                assertThat(partitions(database)).containsAll(partitionsOf(now.plusMonths(month)));
            }
            assertThat(fixture.append(fixture.permit(LedgerFixture.ACME, LedgerFixture.FIRST, List.of()), null))
                    .isInstanceOf(AppendResult.Committed.class);
        }
    }

    @Test
    void month_changing_findsItsPartitionMadeBefore() throws SQLException {
        TestDatabase database = TestDatabase.fresh();
        Instant lastMoment = Instant.parse("2031-12-31T23:59:59.999999Z");
        new Janitor(source(database, DatabaseRole.JANITOR), () -> lastMoment).tidy();

        for (String at : List.of(
                "2031-12-30T23:59:59.999999Z",
                "2031-12-31T23:59:59.999999Z",
                "2032-01-01T00:00:00Z",
                "2032-02-29T23:59:59.999999Z")) {
            for (String retention : CLASSES) {
                insert(database, retention, Instant.parse(at));
            }
        }
        assertThat(partitions(database))
                .containsAll(partitionsOf(YearMonth.of(2031, 12)))
                .containsAll(partitionsOf(YearMonth.of(2032, 1)))
                .containsAll(partitionsOf(YearMonth.of(2032, 2)));
    }

    @Test
    void flushIds_olderThanADay_areForgottenHoweverMany() throws SQLException {
        TestDatabase database = TestDatabase.fresh();
        sql(database, """
                INSERT INTO flushes (node, generation, number, at)
                SELECT 'node-1', 1, n, clock_timestamp() - interval '25 hours' FROM generate_series(1, 25001) n""");
        sql(database, """
                INSERT INTO flushes (node, generation, number, at)
                VALUES ('node-1', 1, 30000, clock_timestamp() - interval '23 hours')""");
        new Janitor(source(database, DatabaseRole.JANITOR), Instant::now).tidy();
        assertThat(column(database, "SELECT number::text FROM flushes")).containsExactly("30000");
    }

    private static List<String> partitionsOf(YearMonth month) {
        String suffix = "_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
        return CLASSES.stream().map(name -> "records_" + name + suffix).toList();
    }

    private static List<String> partitions(TestDatabase database) throws SQLException {
        return column(database, "SELECT relid::regclass::text FROM pg_partition_tree('records') WHERE isleaf");
    }

    private static void insert(TestDatabase database, String retention, Instant at) throws SQLException {
        // As superuser: the writer's policy takes no record of another month than the near ones.
        try (Connection superuser = database.superuser();
                PreparedStatement insert = superuser.prepareStatement(
                        "INSERT INTO records (tenant, id, retention_class, recorded_at, digest, record)"
                                + " VALUES ('acme', ?, ?, ?, sha256(''), '')")) {
            insert.setString(1, retention + at);
            insert.setString(2, retention);
            insert.setObject(3, at.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    private static PGSimpleDataSource source(TestDatabase database, DatabaseRole role) {
        var source = new PGSimpleDataSource() {
            private static final long serialVersionUID = 1L;

            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setAutoCommit(false);
                return connection;
            }
        };
        source.setUrl(database.jdbcUrl());
        source.setUser(role.roleName());
        source.setPassword(database.password(role));
        return source;
    }

    private static void sql(TestDatabase database, String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> column(TestDatabase database, String sql) throws SQLException {
        var values = new ArrayList<String>();
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
