package dev.sallyport.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** One data directory for all tests, since making one takes longest. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmbeddedPostgresIT {
    private final BlockingQueue<Long> restarts = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> deaths = new LinkedBlockingQueue<>();
    private Path root = Path.of("");

    private final EmbeddedPostgres.Listener listener = new EmbeddedPostgres.Listener() {
        @Override
        public void died(String why) {
            deaths.add(why);
        }

        @Override
        public void restarted(long pid) {
            restarts.add(pid);
        }
    };

    @BeforeAll
    void makeDirectory() throws IOException {
        root = TestDatabase.directory();
    }

    @AfterAll
    void deleteDirectory() throws IOException {
        Trees.delete(root);
    }

    @Test
    void server_startedAgain_keepsDataPasswordsAndPort() throws Exception {
        String url;
        Map<DatabaseRole, String> passwords;
        try (EmbeddedPostgres server = start()) {
            url = server.jdbcUrl();
            passwords = server.passwords().byRole();
            write(server, "kept 3");
        }
        long begun = System.nanoTime();
        try (EmbeddedPostgres server = start()) {
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isLessThan(20_000);
            assertThat(server.jdbcUrl()).isEqualTo(url);
            assertThat(server.passwords().byRole()).isEqualTo(passwords);
            assertThat(read(server)).contains("kept 3");
        }
        assertThat(PostmasterFile.read(root.resolve("cluster"))).isEmpty();
    }

    @Test
    void secrets_areReadableByTheirOwnerAlone() throws IOException {
        try (EmbeddedPostgres server = start();
                Stream<Path> files = Files.list(root.resolve("keys/database"))) {
            assertThat(server.passwords().byRole()).hasSize(DatabaseRole.values().length);
            assertThat(files.toList())
                    .hasSizeGreaterThan(7)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
            assertThat(root.resolve(".initdb.password")).doesNotExist();
        }
    }

    @Test
    void postmaster_killed_isBackWithItsDataAndTheListenerTold() throws Exception {
        try (EmbeddedPostgres server = start()) {
            write(server, "kept 5");
            for (int i = 0; i < 2; i++) {
                long killed = server.pid();
                kill("-KILL", killed);
                assertThat(restarts.poll(30, TimeUnit.SECONDS)).isNotNull().isNotEqualTo(killed);
                assertThat(deaths).isNotEmpty();
                assertThat(read(server)).contains("kept 5");
            }
        }
    }

    @Test
    void postmaster_killedWhileABackendIsBusyAndAnotherFrozen_isBack() throws Exception {
        try (EmbeddedPostgres server = start();
                Connection busy = server.superuser(EmbeddedPostgres.DATABASE);
                Connection frozen = server.superuser(EmbeddedPostgres.DATABASE)) {
            write(server, "kept 6");
            kill("-STOP", Long.parseLong(Sql.one(frozen, "SELECT pg_backend_pid()")));
            Thread query = Thread.startVirtualThread(() -> {
                try {
                    Sql.run(busy, "SELECT count(*) FROM generate_series(1, 100000000000)");
                } catch (SQLException ended) {
                    deaths.add("query");
                }
            });
            Thread.sleep(300);
            kill("-KILL", server.pid());
            assertThat(restarts.poll(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(query.join(java.time.Duration.ofSeconds(10))).isTrue();
            assertThat(read(server)).contains("kept 6");
        }
    }

    @Test
    void server_leftBehindByAKilledProcess_isStoppedByTheNextStart() throws Exception {
        long orphan = startInAnotherProcess();
        assertThat(ProcessHandle.of(orphan)).isPresent();
        try (EmbeddedPostgres server = start()) {
            assertThat(server.pid()).isNotEqualTo(orphan);
            assertThat(new ClusterProcesses(root.resolve("cluster")).isOurs(orphan))
                    .isFalse();
            assertThat(read(server)).contains("left behind");
        }
    }

    @Test
    void pidFile_namingADeadOrForeignProcess_doesNotBlockTheStart() throws Exception {
        try (EmbeddedPostgres server = start()) {
            write(server, "kept 8");
        }
        Path file = root.resolve("cluster/postmaster.pid");
        for (long pid : List.of(4_194_303L, 1L, ProcessHandle.current().pid())) {
            Files.writeString(file, pid + "\n" + root.resolve("cluster") + "\n1\n1\n\n\n0 0\nready\n");
            try (EmbeddedPostgres server = start()) {
                assertThat(read(server)).contains("kept 8");
            }
        }
        Files.writeString(file, "");
        try (EmbeddedPostgres server = start()) {
            assertThat(read(server)).contains("kept 8");
        }
    }

    @Test
    void directory_inUseOrOfAnotherVersionOrWithoutItsKeys_isRefused() throws Exception {
        try (EmbeddedPostgres server = start()) {
            assertThat(server.pid()).isPositive();
            assertThatThrownBy(this::start).hasMessageContaining("another Sallyport uses the data directory");
        }
        Files.move(root.resolve("keys"), root.resolve("elsewhere"));
        assertThatThrownBy(this::start).hasMessageContaining("restore the keys directory");
        Files.move(root.resolve("elsewhere"), root.resolve("keys"));
        Path version = root.resolve("cluster/PG_VERSION");
        String right = Files.readString(version);
        Files.writeString(version, "14\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("holds data of PostgreSQL 14")
                .hasMessageContaining("database.url");
        Files.writeString(version, right);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void postmaster_standsInASessionOfItsOwn() throws IOException {
        try (EmbeddedPostgres server = start()) {
            assertThat(session(server.pid())).isEqualTo(server.pid());
            assertThat(session(ProcessHandle.current().pid())).isNotEqualTo(server.pid());
        }
    }

    @Test
    void port_takenMeanwhile_isChosenAgain() throws Exception {
        String first;
        try (EmbeddedPostgres server = start()) {
            first = server.jdbcUrl();
        }
        int port = Integer.parseInt(Files.readString(root.resolve("port")).strip());
        try (var taken = new java.net.ServerSocket(port, 1, java.net.InetAddress.getLoopbackAddress());
                EmbeddedPostgres server = start()) {
            assertThat(taken.isBound()).isTrue();
            assertThat(server.jdbcUrl()).isNotEqualTo(first);
        }
    }

    @Test
    void root_withoutUserNamespaces_runsTheServerAsAnotherUser() throws Exception {
        Assumptions.assumeTrue(new com.sun.security.auth.module.UnixSystem().getUid() == 0, "needs root");
        ProcessOwner nobody = ProcessOwner.as("nobody");
        PostgresBinaries binaries = TestDatabase.binaries();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(root, root.resolve("keys"), binaries, nobody, listener)) {
            write(server, "kept 12");
            assertThat(ProcessHandle.of(server.pid()).flatMap(p -> p.info().user()))
                    .contains("nobody");
        }
        try (EmbeddedPostgres server = start()) {
            assertThat(read(server)).contains("kept 12");
        }
    }

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.start(
                root, root.resolve("keys"), TestDatabase.binaries(), ProcessOwner.detect(), listener);
    }

    /** Starts a server in another JVM, which is then killed. */
    private long startInAnotherProcess() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LeftBehind.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var reader = other.inputReader()) {
            long pid = Long.parseLong(String.valueOf(reader.readLine()));
            other.destroyForcibly().waitFor();
            return pid;
        }
    }

    /** Starts a server, says its process id and waits to be killed. */
    static final class LeftBehind {
        private LeftBehind() {}

        public static void main(String[] arguments) throws Exception {
            Path root = Path.of(arguments[0]);
            EmbeddedPostgres server = EmbeddedPostgres.start(
                    root, root.resolve("keys"), TestDatabase.binaries(), ProcessOwner.detect(), TestDatabase.SILENT);
            write(server, "left behind");
            System.out.println(server.pid());
            Thread.sleep(60_000);
        }
    }

    private static void write(EmbeddedPostgres server, String value) throws SQLException {
        try (Connection connection = server.superuser(EmbeddedPostgres.DATABASE)) {
            Sql.run(connection, "CREATE TABLE IF NOT EXISTS t (x text)");
            Sql.run(connection, "INSERT INTO t VALUES (?)", value);
        }
    }

    private static List<String> read(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.superuser(EmbeddedPostgres.DATABASE)) {
            return Sql.column(connection, "SELECT x FROM t");
        }
    }

    private static long session(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
    }

    private static void kill(String signal, long pid) throws Exception {
        new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
    }
}
