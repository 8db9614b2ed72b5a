package dev.sallyport.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * Below the data directory:
 *   binaries/RELEASE-PLATFORM/   PostgreSQL's programs
 *   cluster/                     its data
 *   log/postgresql-DAY.log       its log, a week of it; start.log, initdb.log and stop.log beside
 *   lock, port                   who uses the directory; the port it was given
 * Connections come over TCP on 127.0.0.1, the only thing that JDBC speaks, and each needs its password.
 */
/**
 * A PostgreSQL server that belongs to this process: durable (fsync, full_page_writes and synchronous_commit
 * on), reached over the loopback address with passwords only, and started again when it dies. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** The role that owns the schema: no superuser, so that row-level security binds it. */
    public static final String OWNER = "owner";

    /** The database's name. */
    public static final String DATABASE = "sallyport";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final DirectoryLock lock;
    private final PostgresCluster cluster;
    private final SecretFiles secrets;
    private final Listener listener;
    private final int port;
    private final Thread supervisor;
    // Held while the server is started or stopped, so that closing never races a restart.
    private final ReentrantLock change = new ReentrantLock();
    private volatile boolean closing;
    private volatile Postmaster postmaster;

    private EmbeddedPostgres(
            DirectoryLock lock, PostgresCluster cluster, SecretFiles secrets, Listener listener, int port)
            throws IOException {
        this.lock = lock;
        this.cluster = cluster;
        this.secrets = secrets;
        this.listener = listener;
        this.port = port;
        this.postmaster = startFirst();
        this.supervisor =
                Thread.ofPlatform().daemon().name("postgres-supervisor").unstarted(this::supervise);
    }

    /** Is told what happens to the server, from any thread. Must not throw or block. */
    public interface Listener {
        /** Something that takes a while begins, while starting: a phrase for a person. */
        default void step(String what) {}

        /** The server died by itself, or could not be started again; it will be tried again. */
        default void died(String why) {}

        /** The server is up again after it died. */
        default void restarted(long pid) {}
    }

    /**
     * Starts the server of a data directory, made at the first start. A server that a killed process left
     * behind is stopped first.
     *
     * @param dataDir the directory for programs, data and log; made if absent
     * @param keysDir the directory for the passwords, one file of mode 0600 a role below {@code database/}
     * @param listener is told of steps, death and restart
     * @throws DatabaseException if another process uses the directory, it holds another version's data, or the server does not start
     */
    public static EmbeddedPostgres start(Path dataDir, Path keysDir, Listener listener) {
        return startUnlessRunning(dataDir, keysDir, listener).orElseThrow(() -> DirectoryLock.inUse(dataDir));
    }

    /**
     * Does the same unless another process uses the directory: then nothing is touched, and {@link RunningPostgres}
     * says how that process' server is reached.
     *
     * @return the server; empty if another process has it
     * @throws DatabaseException if the directory holds another version's data, or the server does not start
     */
    public static Optional<EmbeddedPostgres> startUnlessRunning(Path dataDir, Path keysDir, Listener listener) {
        try {
            Path root = Files.createDirectories(dataDir).toRealPath();
            PostgresBinaries binaries = PostgresBinaries.unpacked(root.resolve("binaries"), listener);
            return startUnlessRunning(root, keysDir, binaries, ProcessOwner.detect(), listener);
        } catch (IOException failed) {
            throw notStarted(failed);
        }
    }

    static EmbeddedPostgres start(
            Path root, Path keysDir, PostgresBinaries binaries, ProcessOwner owner, Listener listener) {
        return startUnlessRunning(root, keysDir, binaries, owner, listener)
                .orElseThrow(() -> DirectoryLock.inUse(root));
    }

    private static Optional<EmbeddedPostgres> startUnlessRunning(
            Path root, Path keysDir, PostgresBinaries binaries, ProcessOwner owner, Listener listener) {
        DirectoryLock lock = null;
        try {
            lock = DirectoryLock.take(root).orElse(null);
            if (lock == null) {
                return Optional.empty();
            }
            owner.own(Files.createDirectories(root.resolve("log")));
            SecretFiles secrets = new SecretFiles(keysDir.toAbsolutePath().resolve("database"));
            PostgresCluster cluster = new PostgresCluster(root.resolve("cluster"), binaries, owner);
            cluster.create(secrets, listener);
            cluster.stopOrphan(listener);
            int port = Ports.choose(root.resolve("port"), new SecureRandom());
            EmbeddedPostgres server = new EmbeddedPostgres(lock, cluster, secrets, listener, port);
            server.open();
            return Optional.of(server);
        } catch (IOException failed) {
            release(lock);
            throw notStarted(failed);
        } catch (RuntimeException failed) {
            release(lock);
            throw failed;
        }
    }

    private static DatabaseException notStarted(IOException failed) {
        return new DatabaseException("PostgreSQL could not be started: " + failed.getMessage(), failed);
    }

    /** Where the database is. Stays the same through restarts. */
    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    String jdbcUrl(String database) {
        return jdbcUrl(port, database);
    }

    static String jdbcUrl(int port, String database) {
        // Error details quote rows, and would end in logs.
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?logServerErrorDetail=false";
    }

    /** The password of the schema's owner, for migrations. */
    public String ownerPassword() {
        return secret(OWNER);
    }

    /** The password of a serving role. */
    public String password(DatabaseRole role) {
        return secret(role.roleName());
    }

    /** The passwords of all serving roles. */
    public RolePasswords passwords() {
        Map<DatabaseRole, String> all = new EnumMap<>(DatabaseRole.class);
        for (DatabaseRole role : DatabaseRole.values()) {
            all.put(role, password(role));
        }
        return new RolePasswords(all);
    }

    /** The users besides the serving roles; nobody may get in as one of them without a password. */
    public List<String> otherUsers() {
        return List.of(PostgresCluster.SUPERUSER, OWNER);
    }

    /** The process id of the server that runs now, or ran last. */
    public long pid() {
        return postmaster.pid();
    }

    /** Stops the server with {@code -m fast} and lets go of the directory. Does nothing the second time. */
    @Override
    public void close() {
        close("fast");
    }

    /** Stops the server without writing what a next start would recover: for data that nobody wants any more. */
    void abandon() {
        close("immediate");
    }

    private void close(String mode) {
        closing = true;
        change.lock();
        try {
            cluster.stop(mode);
            postmaster.process().waitFor();
        } catch (IOException failed) {
            throw new DatabaseException("PostgreSQL could not be stopped: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            change.unlock();
            supervisor.interrupt();
            release(lock);
        }
    }

    Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(
                jdbcUrl(database), PostgresCluster.SUPERUSER, secret(PostgresCluster.SUPERUSER));
    }

    private void open() {
        try (Connection superuser = superuser("postgres")) {
            EmbeddedDatabase.ensure(superuser, ownerPassword());
        } catch (SQLException failed) {
            close();
            throw new DatabaseException("the database could not be opened: " + failed.getMessage(), failed);
        }
        supervisor.start();
    }

    private Postmaster startFirst() throws IOException {
        listener.step("starting PostgreSQL " + cluster.binaries().version());
        IOException last = null;
        for (int attempt = 0; attempt < 5; attempt++) {
            try {
                return startOnce();
            } catch (IOException refused) {
                last = refused;
                Pause.millis(FIRST_PAUSE.toMillis() << attempt);
            }
        }
        throw last == null ? new IOException("PostgreSQL did not start") : last;
    }

    private Postmaster startOnce() throws IOException {
        cluster.endLeftovers();
        return Postmaster.start(cluster, port, () -> closing);
    }

    private void supervise() {
        while (!closing) {
            try {
                int exit = postmaster.process().waitFor();
                if (!closing) {
                    listener.died("PostgreSQL ended with exit code " + exit);
                    restart();
                }
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    private void restart() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (!closing && !restarted()) {
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private boolean restarted() {
        change.lock();
        try {
            if (closing) {
                return false;
            }
            cluster.stopOrphan(listener);
            postmaster = startOnce();
            listener.restarted(postmaster.pid());
            return true;
        } catch (IOException | RuntimeException failed) {
            if (!closing) {
                listener.died(String.valueOf(failed.getMessage()));
            }
            return false;
        } finally {
            change.unlock();
        }
    }

    private String secret(String user) {
        try {
            return secrets.password(user);
        } catch (IOException failed) {
            throw new DatabaseException("the password of the database role " + user + " cannot be read", failed);
        }
    }

    private static void release(@Nullable DirectoryLock lock) {
        if (lock != null) {
            lock.close();
        }
    }
}
