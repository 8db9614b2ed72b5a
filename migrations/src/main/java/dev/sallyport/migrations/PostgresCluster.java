package dev.sallyport.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A data directory of PostgreSQL and the programs that work on it.
 *
 * @param directory the data directory, absolute
 * @param binaries the programs
 * @param owner as whom they run
 */
record PostgresCluster(Path directory, PostgresBinaries binaries, ProcessOwner owner) {
    static final String SUPERUSER = "postgres";

    private static final long INITDB_SECONDS = 120;
    private static final long STOP_SECONDS = 60;

    // Only over TCP on the loopback address, only with a password; no socket, no replication.
    private static final String HBA = "host all all 127.0.0.1/32 scram-sha-256\n";

    /**
     * Makes the data directory unless it is there. It appears whole or not at all.
     *
     * @throws DatabaseException if the directory holds another major version's data, or its passwords are gone
     */
    void create(SecretFiles secrets, EmbeddedPostgres.Listener listener) throws IOException {
        if (Files.exists(directory)) {
            requireUsable(secrets);
        } else {
            listener.step("creating the database");
            initialise(secrets.password(SUPERUSER));
        }
        owner.own(directory);
        owner.requireReach(directory);
        Files.writeString(directory.resolve("pg_hba.conf"), HBA);
    }

    /** The processes of this data directory. */
    ClusterProcesses processes() {
        return new ClusterProcesses(directory);
    }

    /**
     * Stops the server that a dead Sallyport left behind, or removes the {@code postmaster.pid} of a dead server:
     * PostgreSQL would take a process that has got its number for a running server, and does not start beside an
     * empty file, as a power failure leaves it.
     */
    void stopOrphan(EmbeddedPostgres.Listener listener) throws IOException {
        if (isServed()) {
            listener.step("stopping the PostgreSQL that an earlier run left behind");
            stop("fast");
        } else {
            Files.deleteIfExists(directory.resolve(PostmasterFile.NAME));
        }
    }

    /**
     * Ends what a killed postmaster left running: as long as one of these lives, PostgreSQL refuses to start
     * ("pre-existing shared memory block is still in use").
     */
    void endLeftovers() throws IOException {
        if (isServed()) {
            return;
        }
        List<ProcessHandle> left = processes().all();
        left.forEach(ProcessHandle::destroy);
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (left.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < patience) {
            Pause.millis(10);
        }
        left.forEach(ProcessHandle::destroyForcibly);
    }

    /**
     * Stops the server and returns when it is gone.
     *
     * @param mode {@code fast}: connections are ended, transactions rolled back, everything written; {@code
     *     immediate}: the next start recovers
     */
    void stop(String mode) throws IOException {
        if (runPgCtl(mode) || runPgCtl("immediate")) {
            return;
        }
        if (isServed()) {
            throw new DatabaseException("PostgreSQL in " + directory + " does not stop", null);
        }
    }

    private boolean isServed() throws IOException {
        return PostmasterFile.read(directory)
                .filter(file -> processes().isOurs(file.pid()))
                .isPresent();
    }

    private boolean runPgCtl(String mode) throws IOException {
        return run(
                        "stop",
                        List.of(
                                binaries.program("pg_ctl"),
                                "stop",
                                "-D",
                                directory.toString(),
                                "-m",
                                mode,
                                "-w",
                                "-t",
                                Long.toString(STOP_SECONDS)),
                        STOP_SECONDS + 5)
                .isEmpty();
    }

    private void requireUsable(SecretFiles secrets) throws IOException {
        String found = Files.readString(directory.resolve("PG_VERSION")).strip();
        if (!found.equals(binaries.major())) {
            throw new DatabaseException(
                    directory + " holds data of PostgreSQL " + found + ", and this build brings " + binaries.major()
                            + ": move the data with pg_dump and pg_restore of your own PostgreSQL, start the release of"
                            + " Sallyport that brought " + found + ", or set database.url to a server of version "
                            + found,
                    null);
        }
        if (!secrets.has(SUPERUSER)) {
            throw new DatabaseException(
                    "the database in " + directory + " is there, but its passwords are not: restore the keys directory",
                    null);
        }
    }

    private void initialise(String password) throws IOException {
        Path parent = directory.resolveSibling("");
        Path fresh = parent.resolve("." + directory.getFileName() + ".new");
        Path passwordFile = parent.resolve(".initdb.password");
        Trees.delete(fresh);
        try {
            Files.createDirectory(fresh);
            owner.own(fresh);
            owner.requireReach(fresh);
            SecretFiles.write(passwordFile, password + "\n");
            owner.own(passwordFile);
            Optional<String> failure = run(
                    "initdb",
                    List.of(
                            binaries.program("initdb"),
                            "-D",
                            fresh.toString(),
                            "-A",
                            "scram-sha-256",
                            "-U",
                            SUPERUSER,
                            "--pwfile=" + passwordFile,
                            "-E",
                            "UTF8",
                            "--locale=C"),
                    INITDB_SECONDS);
            if (failure.isPresent()) {
                throw new DatabaseException("the database could not be created: " + failure.get(), null);
            }
            Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
            // Otherwise the next start could find the unfinished name again, and delete it.
            Trees.sync(parent);
            Trees.sync(parent.resolveSibling(""));
        } finally {
            Files.deleteIfExists(passwordFile);
            Trees.delete(fresh);
        }
    }

    /** Runs a program to its end; what it said when it failed, else empty. */
    private Optional<String> run(String name, List<String> command, long seconds) throws IOException {
        Path output = directory.resolveSibling("log").resolve(name + ".log");
        List<String> words = new ArrayList<>(owner.prefix());
        words.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        clean(builder);
        Process process = builder.start();
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of(name + " did not end within " + seconds + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return Optional.of(name + " was interrupted");
        }
        return process.exitValue() == 0 ? Optional.empty() : Optional.of(String.join(" ", Files.readAllLines(output)));
    }

    /** Takes what the environment may hold for PostgreSQL away: it would change what the programs do. */
    static void clean(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
    }
}
