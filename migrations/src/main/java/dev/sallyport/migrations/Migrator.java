package dev.sallyport.migrations;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateOutput;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings a database's roles and schema up to this build, and checks whether they are. PostgreSQL 15 to 18. */
public final class Migrator {
    /** The schema in which everything stands; each serving role's search path. */
    public static final String SCHEMA = "sallyport";

    static final String HISTORY = "flyway_schema_history";

    private static final long ONE_AT_A_TIME = 3_811_046_290_771_541_003L;

    private Migrator() {}

    /**
     * Creates the roles, sets their passwords and applies the scripts that are not applied yet. Can be run
     * any number of times, and by several at once: they wait for each other.
     *
     * @param jdbcUrl where the database is
     * @param ownerUser a role with CREATEROLE that may create schemas in the database; it needs to be no superuser
     * @param ownerPassword its password
     * @param passwords what the serving roles will log in with
     * @throws DatabaseException if the database cannot be reached or a script fails; a failed script leaves nothing behind
     */
    public static MigrationResult migrate(
            String jdbcUrl, String ownerUser, String ownerPassword, RolePasswords passwords) {
        try (Connection owner = DriverManager.getConnection(jdbcUrl, ownerUser, ownerPassword)) {
            requireVersion(owner);
            run(owner, "SELECT pg_advisory_lock(" + ONE_AT_A_TIME + ")");
            Roles roles = new Roles(owner);
            roles.prepare(passwords);
            MigrationResult result;
            try {
                result = apply(jdbcUrl, ownerUser, ownerPassword);
            } catch (RuntimeException failed) {
                finishAfter(failed, roles);
                throw failed;
            }
            roles.finish();
            return result;
        } catch (SQLException | FlywayException failed) {
            throw new DatabaseException("the database could not be migrated: " + failed.getMessage(), failed);
        }
    }

    /** What cannot be taken back after a failure is a consequence of it, and does not hide it. */
    private static void finishAfter(RuntimeException failed, Roles roles) {
        try {
            roles.finish();
        } catch (SQLException | RuntimeException consequence) {
            failed.addSuppressed(consequence);
        }
    }

    /**
     * Whether a server of this build may serve from the database: every script of this build is applied as it
     * stands here and no other is, and no serving role owns a table, bypasses row-level security or belongs to
     * another role.
     *
     * @param app connections of the role {@code app}
     * @throws DatabaseException if the database cannot be asked
     */
    public static SchemaCheck check(DataSource app) {
        List<String> faults = new ArrayList<>();
        try (Connection connection = app.getConnection()) {
            faults.addAll(Roles.faults(connection));
            if (!hasHistory(connection)) {
                faults.add("the database has no schema: run `sallyport migrate`");
                return new SchemaCheck.Unfit(faults);
            }
        } catch (SQLException failed) {
            throw new DatabaseException("the database could not be checked: " + failed.getMessage(), failed);
        }
        MigrationInfoService scripts = configuration().dataSource(app).load().info();
        for (MigrationInfo script : scripts.all()) {
            check(script, faults);
        }
        return faults.isEmpty() ? new SchemaCheck.Fits(version(scripts)) : new SchemaCheck.Unfit(faults);
    }

    private static void check(MigrationInfo script, List<String> faults) {
        String name = "schema version " + script.getVersion();
        MigrationState state = script.getState();
        if (!state.isResolved()) {
            faults.add(name + " in the database is newer than this build: start the build that made it");
        } else if (!state.isApplied()) {
            faults.add(name + " is not applied: run `sallyport migrate`");
        } else if (state.isFailed()) {
            faults.add(name + " failed when it was applied: run `sallyport migrate`");
        } else if (!script.isChecksumMatching()) {
            faults.add(name + " was applied from another script than this build's");
        }
    }

    private static MigrationResult apply(String jdbcUrl, String user, String password) {
        Flyway flyway = configuration().dataSource(jdbcUrl, user, password).load();
        MigrateResult result = flyway.migrate();
        List<String> applied =
                result.migrations.stream().map(Migrator::describe).toList();
        return new MigrationResult(version(flyway.info()), applied);
    }

    private static String describe(MigrateOutput script) {
        return script.version + " " + script.description;
    }

    private static String version(MigrationInfoService scripts) {
        MigrationInfo current = scripts.current();
        return current == null ? "0" : String.valueOf(current.getVersion());
    }

    private static FluentConfiguration configuration() {
        return Flyway.configure(Migrator.class.getClassLoader())
                .locations("classpath:db/migration")
                .defaultSchema(SCHEMA)
                .schemas(SCHEMA)
                .createSchemas(false)
                .table(HISTORY)
                .cleanDisabled(true);
    }

    private static void requireVersion(Connection connection) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (!ServerSettings.supports(major)) {
            throw new DatabaseException("PostgreSQL " + major + " is not supported: versions 15 to 18 are", null);
        }
    }

    private static boolean hasHistory(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT to_regclass('" + SCHEMA + "." + HISTORY + "') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
