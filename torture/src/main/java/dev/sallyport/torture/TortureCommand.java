package dev.sallyport.torture;

import dev.sallyport.api.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sallyport torture}. */
@Command(
        name = "torture",
        description = {
            "Starts real servers, loads them, kills, pauses and stops them at named moments, and checks their books.",
            "Exit codes: 0 nothing wrong, 1 a promise is broken, 2 wrong use, 3 it could not run or hit too little."
        },
        mixinStandardHelpOptions = true)
final class TortureCommand implements Callable<Integer> {
    private final Product product;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Option(names = "--minutes", paramLabel = "N", required = true, description = "How long hits are made.")
    private double minutes;

    @Option(names = "--seed", paramLabel = "S", description = "Decides what is hit when; by default a new one.")
    private @Nullable Long seed;

    @Option(names = "--nodes", paramLabel = "1|2", description = "How many servers share the database.")
    private int nodes = 1;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything goes, and stays; by default a new folder, deleted if nothing is wrong.")
    private @Nullable Path data;

    @Option(
            names = "--only",
            paramLabel = "TARGET/SIGNAL/PHASE",
            description = "Cells of the matrix, * for any; may be given again.")
    private List<String> only = List.of();

    @Option(names = "--json", description = "Prints the report as JSON.")
    private boolean json;

    TortureCommand(Product product) {
        this.product = product;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Path folder = folder();
        try {
            Plan plan = plan(folder);
            Report report = new Torture(plan, product, line -> {
                        err.println(line);
                        err.flush();
                    })
                    .run();
            Files.writeString(folder.resolve("report.json"), report.json().encodePrettily() + "\n");
            PrintWriter out = spec.commandLine().getOut();
            out.print(json ? report.json().encodePrettily() + "\n" : report.text());
            out.flush();
            if (data == null && report.exitCode() == ExitCode.GOOD) {
                delete(folder);
            } else {
                err.println("data, logs, traces and the report are in " + folder);
            }
            return report.exitCode();
        } catch (CouldNotRun | SQLException e) {
            err.println("the torture could not run: " + e.getMessage() + "; what is left is in " + folder);
            return ExitCode.COULD_NOT_RUN;
        }
    }

    private Plan plan(Path folder) {
        if (!(minutes > 0 && minutes <= 1_440)) {
            throw new ParameterException(spec.commandLine(), "--minutes is more than 0 and at most 1440");
        }
        if (nodes < 1 || nodes > 2) {
            throw new ParameterException(spec.commandLine(), "--nodes is 1 or 2");
        }
        long chosen = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
        try {
            return new Plan(
                    Duration.ofMillis(Math.round(minutes * 60_000)), chosen, nodes, folder, cells(Cell.matching(only)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** One server has nobody's lease to take back. */
    private List<Cell> cells(List<Cell> named) {
        List<Cell> possible = named.stream()
                .filter(cell -> nodes > 1 || cell.phase() != Phase.LEASE_RECLAIM)
                .toList();
        if (possible.isEmpty()) {
            throw new IllegalArgumentException("lease-reclaim needs --nodes 2");
        }
        return possible;
    }

    /** Everybody may pass through it: as root, PostgreSQL runs as another user. */
    private Path folder() throws IOException {
        if (data != null) {
            return Files.createDirectories(data).toRealPath();
        }
        return Files.createTempDirectory(
                        "sallyport-torture",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")))
                .toRealPath();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
