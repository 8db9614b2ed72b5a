package dev.sallyport.torture;

import dev.sallyport.migrations.DatabaseException;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.RunningPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The tortured PostgreSQL: its processes, its settings and its tables, reached as its superuser and as the auditor.
 * Used by one thread at a time.
 */
final class Database implements AutoCloseable {
    private static final String SUPERUSER = "postgres";

    private final Path data;
    private @Nullable Connection superuser;

    /** @param data the data folder of the server that runs it */
    Database(Path data) {
        this.data = data;
    }

    /** PostgreSQL's first process. */
    long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(cluster().resolve("postmaster.pid"))
                .getFirst()
                .strip());
    }

    /** Every process of it. */
    List<Long> processes() {
        return Signals.workingIn(cluster());
    }

    private Path cluster() {
        return data.resolve("postgres").resolve("cluster");
    }

    /** The settings by which a second node shares it. */
    Map<String, String> environment() {
        RunningPostgres running = running();
        Map<String, String> settings = new HashMap<>();
        settings.put("SALLYPORT_DATABASE_URL", running.jdbcUrl());
        for (DatabaseRole role : DatabaseRole.values()) {
            settings.put(
                    "SALLYPORT_DATABASE_PASSWORDS_" + role.name(),
                    running.passwords().of(role));
        }
        return settings;
    }

    private RunningPostgres running() {
        return RunningPostgres.at(data.resolve("postgres"), data.resolve("keys"));
    }

    /** A new connection of the auditor's, which reads the records of all tenants. */
    Connection auditor() throws SQLException {
        RunningPostgres running = running();
        Connection connection = DriverManager.getConnection(
                running.jdbcUrl(),
                DatabaseRole.AUDITOR.roleName(),
                running.passwords().of(DatabaseRole.AUDITOR));
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config('sallyport.scope', 'platform', false)");
            // A rollback would take it back.
            connection.commit();
        }
        return connection;
    }

    /** The superuser's connection, made anew when it is broken. */
    Connection superuser() throws SQLException {
        Connection known = superuser;
        if (known != null && known.isValid(2)) {
            return known;
        }
        superuser = null;
        Connection fresh = newSuperuser();
        superuser = fresh;
        return fresh;
    }

    /** Whether it takes connections. */
    boolean isThere() {
        try {
            newSuperuser().close();
            return true;
        } catch (SQLException | DatabaseException away) {
            return false;
        }
    }

    /** A new connection of the superuser's. */
    Connection newSuperuser() throws SQLException {
        try {
            String password = Files.readString(data.resolve("keys/database/" + SUPERUSER + ".password"))
                    .strip();
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(running().jdbcUrl());
            source.setConnectTimeout(2);
            source.setLoginTimeout(3);
            source.setSocketTimeout(20);
            Connection fresh = source.getConnection(SUPERUSER, password);
            try (Statement statement = fresh.createStatement()) {
                statement.execute("SET search_path = sallyport");
                statement.execute("SET synchronous_commit = local");
            }
            return fresh;
        } catch (IOException e) {
            throw new SQLException("the superuser's password cannot be read", e);
        }
    }

    /** Sets a setting for the whole cluster. */
    void set(String setting, String value) throws SQLException {
        try (Statement statement = superuser().createStatement()) {
            statement.execute("ALTER SYSTEM SET " + setting + " = '" + value + "'");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** Takes back whatever makes COMMIT wait. */
    void letCommit() throws SQLException {
        try (Statement statement = superuser().createStatement()) {
            statement.execute("ALTER SYSTEM RESET commit_delay");
            statement.execute("ALTER SYSTEM RESET synchronous_standby_names");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** The processes that serve connections on which a condition of {@code pg_stat_activity} holds, the newest use first. */
    List<Long> backends(String condition) throws SQLException {
        return longs("SELECT pid FROM pg_stat_activity WHERE usename = 'ledger_writer' AND " + condition
                + " ORDER BY state_change DESC");
    }

    private List<Long> longs(String sql) throws SQLException {
        try (Statement statement = superuser().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Long> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getLong(1));
            }
            return all;
        }
    }

    @Override
    public void close() {
        Connection known = superuser;
        superuser = null;
        if (known != null) {
            try {
                known.close();
            } catch (SQLException e) {
                // It is broken, which is why it is let go.
            }
        }
    }
}
