package dev.sallyport.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
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
     * Stops the server that a dead Sallyport left behind, and removes a {@code postmaster.pid} whose number has
     * gone to another process: PostgreSQL would take that one for a running server.
     */
    void stopOrphan(EmbeddedPostgres.Listener listener) throws IOException {
        Optional<PostmasterFile> left = PostmasterFile.read(directory);
        if (left.isEmpty()) {
            return;
        }
        if (processes().isOurs(left.get().pid())) {
            listener.step("stopping the PostgreSQL that an earlier run left behind");
            stop();
        } else {
            Files.deleteIfExists(directory.resolve(PostmasterFile.NAME));
        }
    }

    /**
     * Ends what a killed postmaster left running: as long as one of these lives, PostgreSQL refuses to start
     * ("pre-existing shared memory block is still in use").
     */
    void endLeftovers() {
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

    /** Stops the server: connections are ended, transactions rolled back, everything written. Returns when it is gone. */
    void stop() throws IOException {
        if (runPgCtl("fast") || runPgCtl("immediate")) {
            return;
        }
        Optional<PostmasterFile> running = PostmasterFile.read(directory);
        if (running.isPresent() && processes().isOurs(running.get().pid())) {
            throw new DatabaseException("PostgreSQL (process " + running.get().pid() + ") does not stop", null);
        }
    }

    private boolean isServed() {
        try {
            return PostmasterFile.read(directory)
                    .filter(file -> processes().isOurs(file.pid()))
                    .isPresent();
        } catch (IOException unreadable) {
            return true;
        }
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
        return process.exitValue() == 0
                ? Optional.empty()
                : Optional.of(
                        String.join(" ", Arrays.asList(Files.readString(output).split("\n"))));
    }

    /** Takes what the environment may hold for PostgreSQL away: it would change what the programs do. */
    static void clean(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
    }
}
