package dev.sallyport.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A migrated database for a test, on the embedded server with its real, durable settings. One server serves all
 * tests of a JVM, in a temporary directory; it stops when the JVM ends. Thread-safe.
 */
public final class TestDatabase {
    static final EmbeddedPostgres.Listener SILENT = new EmbeddedPostgres.Listener() {};

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private final EmbeddedPostgres on;
    private final String name;

    private TestDatabase(EmbeddedPostgres on, String name) {
        this.on = on;
        this.name = name;
    }

    /** A new database with the schema, the tenant {@code platform} and nothing else. */
    public static TestDatabase fresh() {
        return from(server(), EmbeddedPostgres.DATABASE);
    }

    /** A new database with all that is in this one, to which nobody may be connected: what a backup has. */
    public TestDatabase copy() {
        return from(on, name);
    }

    private static TestDatabase from(EmbeddedPostgres running, String template) {
        String name = "test_" + NUMBER.incrementAndGet();
        try (Connection superuser = running.superuser("postgres")) {
            execute(
                    superuser,
                    "CREATE DATABASE " + name + " TEMPLATE " + template + " OWNER " + EmbeddedPostgres.OWNER);
            TestDatabase database = new TestDatabase(running, name);
            try (Connection owner = database.owner()) {
                // A template's grants on the database itself are not copied.
                new Roles(owner).guardDatabase();
            }
            return database;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The server that all tests of this JVM share: kill or close it and the others fail. */
    public static synchronized EmbeddedPostgres server() {
        EmbeddedPostgres running = server;
        if (running == null) {
            running = start();
            server = running;
        }
        return running;
    }

    /** Where the database is. */
    public String jdbcUrl() {
        return on.jdbcUrl(name);
    }

    /** The serving roles' passwords. */
    public RolePasswords passwords() {
        return on.passwords();
    }

    /** A serving role's password. */
    public String password(DatabaseRole role) {
        return on.password(role);
    }

    /** The owner's name. */
    public String ownerUser() {
        return EmbeddedPostgres.OWNER;
    }

    /** The owner's password. */
    public String ownerPassword() {
        return on.ownerPassword();
    }

    /** A connection of a serving role, to be closed by the caller. */
    public Connection connect(DatabaseRole role) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), role.roleName(), password(role));
    }

    /** A connection of the schema's owner, which row-level security binds. */
    public Connection owner() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), ownerUser(), ownerPassword());
    }

    /** A connection that sees every row, for what a test must arrange or inspect behind the product's back. */
    public Connection superuser() throws SQLException {
        Connection connection = on.superuser(name);
        execute(connection, "SET search_path = " + Migrator.SCHEMA);
        return connection;
    }

    private static EmbeddedPostgres start() {
        try {
            Path root = directory();
            EmbeddedPostgres started =
                    EmbeddedPostgres.start(root, root.resolve("keys"), binaries(), ProcessOwner.detect(), SILENT);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started, root)));
            Migrator.migrate(started.jdbcUrl(), EmbeddedPostgres.OWNER, started.ownerPassword(), started.passwords());
            return started;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Unpacked once for all test JVMs of this user. */
    static PostgresBinaries binaries() throws IOException {
        Path parent =
                Path.of(System.getProperty("java.io.tmpdir"), "sallyport-postgres-" + System.getProperty("user.name"));
        return PostgresBinaries.unpacked(parent, SILENT);
    }

    /** A new temporary directory that PostgreSQL may use whoever runs it. */
    static Path directory() throws IOException {
        Path root = Files.createTempDirectory("sallyport-test-").toRealPath();
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        return root;
    }

    private static void stop(EmbeddedPostgres running, Path root) {
        running.abandon();
        try {
            Trees.delete(root);
        } catch (IOException leftBehind) {
            System.err.println("left behind: " + leftBehind.getMessage());
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
