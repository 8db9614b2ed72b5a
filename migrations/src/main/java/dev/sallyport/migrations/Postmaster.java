package dev.sallyport.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * A running PostgreSQL server: its first process, started as a child in a session of its own, so that a
 * Ctrl-C at the terminal reaches only us and Postgres is stopped last.
 *
 * @param process the child
 */
record Postmaster(Process process) {
    private static final int POLL_MILLIS = 15;

    /**
     * Starts the server and waits until it accepts connections, through a recovery however long.
     *
     * @param cluster the data directory
     * @param port the TCP port on 127.0.0.1
     * @param unwanted what tells that nobody waits any more
     * @throws IOException with what the server said, if it ends instead
     */
    static Postmaster start(PostgresCluster cluster, int port, BooleanSupplier unwanted) throws IOException {
        Path log = cluster.directory().resolveSibling("log");
        Path said = log.resolve("start.log");
        List<String> command = new ArrayList<>(session());
        command.addAll(cluster.owner().prefix());
        command.addAll(List.of(
                cluster.binaries().program("postgres"),
                "-D",
                cluster.directory().toString()));
        settings(port, log).forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(cluster.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        PostgresCluster.clean(builder);
        Process process = builder.start();
        boolean ready = false;
        try {
            while (!isReady(cluster, process)) {
                if (!process.isAlive()) {
                    throw new IOException("PostgreSQL did not start: " + lastLines(said));
                }
                if (unwanted.getAsBoolean()) {
                    throw new IOException("PostgreSQL is not wanted any more");
                }
                Pause.millis(POLL_MILLIS);
            }
            ready = true;
        } finally {
            if (!ready) {
                process.destroy();
            }
        }
        return new Postmaster(process);
    }

    /** The server's process id. */
    long pid() {
        return process.pid();
    }

    private static boolean isReady(PostgresCluster cluster, Process process) throws IOException {
        return PostmasterFile.read(cluster.directory())
                .filter(file -> file.ready() && file.pid() == process.pid())
                .isPresent();
    }

    // On the command line, where they outrank postgresql.conf and ALTER SYSTEM.
    private static Map<String, String> settings(int port, Path log) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("fsync", "on");
        settings.put("full_page_writes", "on");
        settings.put("synchronous_commit", "on");
        settings.put("password_encryption", "scram-sha-256");
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "120");
        settings.put("shared_buffers", "128MB");
        settings.put("wal_buffers", "16MB");
        // Kept and used over again: a new file of it is written twice, once with zeros.
        settings.put("min_wal_size", "512MB");
        settings.put("max_wal_size", "2GB");
        settings.put("jit", "off");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("lc_messages", "C");
        // A week of log, a file a weekday; terse and without statements, since details quote rows.
        settings.put("logging_collector", "on");
        settings.put("log_directory", log.toString());
        settings.put("log_filename", "postgresql-%a.log");
        settings.put("log_truncate_on_rotation", "on");
        settings.put("log_rotation_age", "1d");
        settings.put("log_rotation_size", "0");
        settings.put("log_error_verbosity", "terse");
        settings.put("log_min_error_statement", "panic");
        return settings;
    }

    /** The words that start a command in a session of its own, without a process in between. */
    private static List<String> session() {
        if (List.of("/usr/bin/setsid", "/bin/setsid").stream().anyMatch(path -> Files.isExecutable(Path.of(path)))) {
            return List.of("setsid");
        }
        // macOS has no setsid(1).
        if (Files.isExecutable(Path.of("/usr/bin/perl"))) {
            return List.of("/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV or die $!");
        }
        return List.of();
    }

    private static String lastLines(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return String.join(" ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
