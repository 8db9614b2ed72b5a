package dev.sallyport.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The product as it is passes a short torture; with a fault planted in it, it does not. */
final class TortureIT {
    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path folder;

    @Test
    @Tag("long")
    void product_asItIs_passesAndLeavesNothingRunning() throws Exception {
        Report report = torture(Planted.nothing(), 60, 1);

        assertThat(report.violations().sentences()).isEmpty();
        assertThat(report.exitCode()).isEqualTo(ExitCode.GOOD);
        assertThat(report.matrix().size()).as("hits").isPositive();
        assertThat(report.answers().size()).as("answers").isPositive();
        assertThat(report.json().getJsonArray("checks"))
                .as("checks that looked at something")
                .isNotEmpty();
        assertThat(Signals.workingIn(folder.toRealPath().resolve("data/postgres/cluster")))
                .as("processes of PostgreSQL")
                .isEmpty();
    }

    @Test
    void answerBeforeCommit_planted_isCaught() throws Exception {
        Report report = torture(Planted.answerBeforeCommit(), 120, 1, "backend/kill/*", "postmaster/kill/*");

        assertThat(report.violations().has("answered")).as(report.text()).isTrue();
        assertThat(report.exitCode()).isEqualTo(ExitCode.BAD);
    }

    @Test
    void synchronousCommitOff_planted_isCaught() throws Exception {
        Report report = torture(Planted.synchronousCommitOff(), 120, 1, "postmaster/kill/after-commit");

        assertThat(report.violations().has("answered")).as(report.text()).isTrue();
    }

    @Test
    void lockAndEpochsInOneStatement_planted_isCaught() throws Exception {
        Report report = torture(Planted.lockAndEpochsInOneStatement(), 45, 1, "server/pause/*");

        assertThat(report.violations().has("fence")).as(report.text()).isTrue();
    }

    @Test
    @Tag("long")
    void unfencedLease_planted_isCaught() throws Exception {
        Report report = torture(Planted.unfencedLease(), 300, 2, "server/pause/lease-reclaim");

        assertThat(report.violations().has("limits")).as(report.text()).isTrue();
    }

    @Test
    void idAfterLast_planted_isCaught() throws Exception {
        Report report = torture(Planted.idAfterLast(), 120, 2, "backend/pause/in-commit");

        assertThat(report.violations().has("leaves")).as(report.text()).isTrue();
    }

    @Test
    @Tag("long")
    void twoNodes_asTheyAre_pass() throws Exception {
        Report report = torture(Planted.nothing(), 90, 2);

        assertThat(report.violations().sentences()).isEmpty();
        assertThat(report.matrix().size()).as("hits").isPositive();
    }

    private Report torture(Product product, int seconds, int nodes, String... only) throws Exception {
        Path everybodys = Files.setPosixFilePermissions(
                folder.toRealPath(), java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        List<Cell> cells = Cell.matching(List.of(only)).stream()
                .filter(cell -> nodes > 1 || cell.phase() != Phase.LEASE_RECLAIM)
                .toList();
        Plan plan = new Plan(Duration.ofSeconds(seconds), 1, nodes, everybodys, cells);
        return new Torture(plan, product, System.out::println).run();
    }
}
