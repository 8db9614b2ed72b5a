package dev.sallyport.torture;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A run: the servers are started and loaded, hit after hit is made, and in the end the books are checked. */
final class Torture {
    /** How many answers the log must have caught up with before it is checked as a whole. */
    private static final int LAST = 1_000;

    private final Plan plan;
    private final Product product;
    private final Consumer<String> progress;

    /**
     * Prepares; nothing is started.
     *
     * @param progress is told what happens, a line each
     */
    Torture(Plan plan, Product product, Consumer<String> progress) {
        this.plan = plan;
        this.product = product;
        this.progress = progress;
    }

    /**
     * Runs, and stops all that it started, also when the process is told to end.
     *
     * @throws CouldNotRun if the servers do not start, or nothing can be hit
     */
    Report run() throws IOException, SQLException, InterruptedException {
        Instant started = Instant.now();
        Violations violations = new Violations();
        Answers answers = new Answers();
        Matrix matrix = new Matrix(plan.cells(), new Random(plan.seed()));
        try (Signals signals = Signals.open()) {
            Stage stage = new Stage(plan.folder(), product, plan.nodes(), signals);
            Thread atTheEnd = new Thread(stage::close, "stop what was started");
            Runtime.getRuntime().addShutdownHook(atTheEnd);
            try {
                progress.accept("starting " + plan.nodes() + " server(s) in " + plan.folder());
                stage.start();
                prepare(stage);
                LogWatch watch = new LogWatch(plan.folder().resolve("data"), violations);
                try (watch) {
                    watch.start();
                    torture(stage, signals, matrix, answers, violations);
                }
                check(stage, watch, answers, violations);
            } finally {
                stage.close();
                removeHook(atTheEnd);
            }
        }
        return new Report(plan, started, Instant.now(), matrix, answers, violations);
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process is ending, and the hook has done its work.
        }
    }

    private void prepare(Stage stage) throws SQLException {
        Connection superuser = stage.database().superuser();
        product.prepare(superuser);
        stage.database().set("commit_siblings", "0");
    }

    private void torture(Stage stage, Signals signals, Matrix matrix, Answers answers, Violations violations)
            throws IOException, SQLException, InterruptedException {
        Random random = new Random(plan.seed());
        Torturer torturer = new Torturer(stage, signals, random, answers, violations);
        Books books = new Books(stage.database(), violations);
        int looked = 0;
        try (Calls calls = new Calls("torture-" + Long.toHexString(plan.seed()));
                Load load = new Load(stage, calls, answers, violations)) {
            load.start();
            load.awaitFlow();
            long end = System.nanoTime() + plan.length().toNanos();
            // It ends at the first violation, so that what is left behind shows it.
            while (System.nanoTime() < end && violations.isEmpty()) {
                Optional<Hit> hit = hit(torturer, stage, matrix);
                if (hit.isPresent()) {
                    progress.accept(hit.get().toString());
                    List<Answers.Answer> fresh = answers.from(looked);
                    looked += fresh.size();
                    patiently(() -> books.answered(fresh, "after " + hit.get().cell()));
                    patiently(() -> books.leaves(fresh, "after " + hit.get().cell()));
                    TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(1_000));
                }
            }
        }
    }

    private Optional<Hit> hit(Torturer torturer, Stage stage, Matrix matrix) throws IOException, InterruptedException {
        Cell cell = matrix.next();
        try {
            Optional<Hit> hit = torturer.hit(matrix.size() + 1, cell);
            if (hit.isPresent()) {
                matrix.add(hit.get());
                return hit;
            }
        } catch (SQLException away) {
            progress.accept("PostgreSQL went away while the moment was waited for: " + away.getMessage());
        }
        matrix.missed(cell);
        progress.accept("the moment of " + cell + " did not come");
        stage.recover();
        return Optional.empty();
    }

    /** What is done with the database, which may still be recovering. */
    private interface Work {
        void run() throws SQLException, InterruptedException;
    }

    private static void patiently(Work work) throws SQLException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                work.run();
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private void check(Stage stage, LogWatch watch, Answers answers, Violations violations)
            throws IOException, SQLException, InterruptedException {
        progress.accept("checking " + answers.size() + " answers against the ledger");
        List<Answers.Answer> all = answers.from(0);
        List<Books.Check> checks = new ArrayList<>();
        checks.add(new AnsweredCheck(all, violations));
        checks.add(new FenceCheck(answers.revocations(), violations));
        checks.add(new ChargeCheck(stage.database(), violations));
        checks.add(new LogCheck(stage.database(), watch, violations));
        checks.add(new ReceiptCheck(stage.database(), all, violations));
        Books books = new Books(stage.database(), violations);
        books.leaves(all.subList(Math.max(0, all.size() - LAST), all.size()), "at the end");
        books.read(checks);
        new ApiCheck(stage.first(), violations).run(all, new Random(plan.seed()));
    }
}
