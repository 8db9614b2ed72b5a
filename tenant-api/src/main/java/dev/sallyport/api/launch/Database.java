package dev.sallyport.api.launch;

import dev.sallyport.api.cli.StartupException;
import dev.sallyport.api.config.Secret;
import dev.sallyport.api.config.Settings;
import dev.sallyport.migrations.DatabaseException;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.EmbeddedPostgres;
import dev.sallyport.migrations.Migrator;
import dev.sallyport.migrations.RolePasswords;
import dev.sallyport.migrations.RunningPostgres;
import dev.sallyport.migrations.SchemaCheck;
import dev.sallyport.migrations.ServerSettings;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** A Postgres that may be served from: the embedded one, started and migrated here, or one's own, checked. */
final class Database {
    private final String jdbcUrl;
    private final RolePasswords passwords;
    private final Runnable stop;

    private Database(String jdbcUrl, RolePasswords passwords, Runnable stop) {
        this.jdbcUrl = jdbcUrl;
        this.passwords = passwords;
        this.stop = stop;
    }

    /**
     * Opens the database that is configured.
     *
     * @throws StartupException with all that speaks against serving from it
     */
    static Database open(Settings settings, EmbeddedPostgres.Listener listener) {
        try {
            return settings.database().isPresent() ? own(settings.database().get()) : embedded(settings, listener);
        } catch (DatabaseException e) {
            throw new StartupException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Opens the database that is configured, be there a server that uses it or not: the embedded one of a server that
     * runs is shared with it, and goes on.
     *
     * @throws StartupException with all that speaks against using it
     */
    static Database beside(Settings settings, EmbeddedPostgres.Listener listener) {
        try {
            if (settings.database().isPresent()) {
                return own(settings.database().get());
            }
            Path data = settings.data().resolve("postgres");
            Path keys = settings.data().resolve("keys");
            Optional<EmbeddedPostgres> started = EmbeddedPostgres.startUnlessRunning(data, keys, listener);
            return started.isPresent() ? embedded(started.get(), listener) : shared(RunningPostgres.at(data, keys));
        } catch (DatabaseException e) {
            throw new StartupException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Database shared(RunningPostgres running) {
        check(running.jdbcUrl(), running.passwords(), List.of());
        return new Database(running.jdbcUrl(), running.passwords(), () -> {});
    }

    private static Database embedded(Settings settings, EmbeddedPostgres.Listener listener) {
        return embedded(
                EmbeddedPostgres.start(
                        settings.data().resolve("postgres"), settings.data().resolve("keys"), listener),
                listener);
    }

    private static Database embedded(EmbeddedPostgres postgres, EmbeddedPostgres.Listener listener) {
        try {
            listener.step("migrating the schema");
            Migrator.migrate(
                    postgres.jdbcUrl(), EmbeddedPostgres.OWNER, postgres.ownerPassword(), postgres.passwords());
            check(postgres.jdbcUrl(), postgres.passwords(), postgres.otherUsers());
            return new Database(postgres.jdbcUrl(), postgres.passwords(), postgres::close);
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    private static Database own(Settings.Database database) {
        if (database.owner().isPresent()) {
            throw new StartupException("the schema's owner is configured (database.owner): that credential is for"
                    + " migrate, and a server must not hold it; take it out");
        }
        RolePasswords passwords = passwords(database);
        check(database.url(), passwords, List.of());
        return new Database(database.url(), passwords, () -> {});
    }

    /** The serving roles' passwords on one's own Postgres: no configuration is without one of them. */
    static RolePasswords passwords(Settings.Database database) {
        Map<DatabaseRole, String> byRole = new EnumMap<>(DatabaseRole.class);
        for (DatabaseRole role : DatabaseRole.values()) {
            Secret password = database.passwords().get(role.roleName());
            if (password == null) {
                throw new IllegalStateException("no password of " + role.roleName());
            }
            byRole.put(role, password.value());
        }
        return new RolePasswords(byRole);
    }

    private static void check(String jdbcUrl, RolePasswords passwords, List<String> otherUsers) {
        refuse(ServerSettings.faults(jdbcUrl, passwords, otherUsers));
        PGSimpleDataSource app = new PGSimpleDataSource();
        app.setUrl(jdbcUrl);
        app.setUser(DatabaseRole.APP.roleName());
        app.setPassword(passwords.of(DatabaseRole.APP));
        switch (Migrator.check(app)) {
            case SchemaCheck.Fits fits -> {}
            case SchemaCheck.Unfit unfit -> refuse(unfit.faults());
        }
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new StartupException("the database is not fit to be served from: " + String.join("; ", faults));
        }
    }

    String jdbcUrl() {
        return jdbcUrl;
    }

    RolePasswords passwords() {
        return passwords;
    }

    /** Stops the embedded Postgres; one's own goes on. */
    void stop() {
        stop.run();
    }
}
