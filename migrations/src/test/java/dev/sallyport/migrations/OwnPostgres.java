package dev.sallyport.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL as an operator runs one: made with {@code initdb}, started with {@code pg_ctl}, its settings in its own
 * files, where they can be wrong. On the loopback address, in a temporary directory.
 */
public final class OwnPostgres implements AutoCloseable {
    private static final String SUPERUSER = "postgres";
    private static final String PASSWORD = "the superuser's";

    private final Path root;
    private final PostgresBinaries binaries;
    private final ProcessOwner owner;
    private final int port;

    private OwnPostgres(Path root, PostgresBinaries binaries, ProcessOwner owner, int port) {
        this.root = root;
        this.binaries = binaries;
        this.owner = owner;
        this.port = port;
    }

    /** Makes one and starts it. */
    public static OwnPostgres start() throws IOException {
        Path root = TestDatabase.directory();
        int port = Ports.choose(root.resolve("port"), new SecureRandom());
        OwnPostgres own = new OwnPostgres(root, TestDatabase.binaries(), ProcessOwner.detect(), port);
        own.create();
        own.control("start", "-w", "-l", root.resolve("log").toString());
        return own;
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The URL of a database. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** A connection of the superuser to a database. */
    public Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, PASSWORD);
    }

    /** Stops it and deletes it. */
    @Override
    public void close() throws IOException {
        control("stop", "-w", "-m", "immediate");
        Trees.delete(root);
    }

    private Path cluster() {
        return root.resolve("cluster");
    }

    private void create() throws IOException {
        Path password = root.resolve("password");
        SecretFiles.write(password, PASSWORD + "\n");
        Files.createDirectory(cluster());
        owner.own(root);
        run(
                binaries.program("initdb"),
                "-D",
                cluster().toString(),
                "-A",
                "scram-sha-256",
                "-U",
                SUPERUSER,
                "--pwfile=" + password,
                "-E",
                "UTF8");
        Files.writeString(
                cluster().resolve("postgresql.conf"),
                "listen_addresses = '127.0.0.1'\nport = " + port + "\nunix_socket_directories = ''\n",
                StandardOpenOption.APPEND);
    }

    private void control(String action, String... more) throws IOException {
        List<String> words = new ArrayList<>(
                List.of(binaries.program("pg_ctl"), action, "-D", cluster().toString()));
        words.addAll(List.of(more));
        run(words.toArray(String[]::new));
    }

    private void run(String... command) throws IOException {
        List<String> words = new ArrayList<>(owner.prefix());
        words.addAll(List.of(command));
        Path said = root.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        PostgresCluster.clean(builder);
        try {
            if (builder.start().waitFor() != 0) {
                throw new IOException(String.join(" ", words) + ": " + Files.readString(said));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
