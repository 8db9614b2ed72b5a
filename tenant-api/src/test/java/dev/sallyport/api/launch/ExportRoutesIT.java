package dev.sallyport.api.launch;

import static dev.sallyport.api.launch.Interface.checkProblem;
import static dev.sallyport.api.launch.Interface.checkStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.cli.Programs;
import dev.sallyport.api.cli.SallyportCommand;
import dev.sallyport.api.cli.Surroundings;
import dev.sallyport.api.config.Settings;
import dev.sallyport.api.identity.Role;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.policy.TenantId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A log fetched from a server by the command, and verified by the command. */
@ExtendWith(RunningServices.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExportRoutesIT {
    private static final String LOG = "/audit/v1/log";
    private static final int PATIENCE = 200;

    private final RunningServices running;
    private final Interface calls;
    private final TenantId tenant;
    private final String auditor;
    private final String ofPlatform;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    ExportRoutesIT(RunningServices running) {
        this.running = running;
        calls = running.calls();
        tenant = running.tenant("exported");
        auditor = running.key(tenant, Role.AUDITOR);
        ofPlatform = running.key(TenantId.PLATFORM, Role.AUDITOR);
    }

    /** Commands that start nothing. */
    private static final class Nothing implements Programs {
        @Override
        public int serve(Settings settings, boolean demo, Optional<Path> readyFile) {
            throw new AssertionError();
        }

        @Override
        public int migrate(Settings settings) {
            throw new AssertionError();
        }

        @Override
        public int bootstrap(Settings settings) {
            throw new AssertionError();
        }

        @Override
        public int rotateLogKey(Settings settings, Duration overlap) {
            throw new AssertionError();
        }
    }

    @BeforeEach
    void sequenced() throws Exception {
        for (int i = 0; i < PATIENCE && calls.get(LOG, auditor).statusCode() != 200; i++) {
            Thread.sleep(100);
        }
    }

    private int run(String key, String... line) {
        out = new StringWriter();
        err = new StringWriter();
        String url = calls.get("/me/v1", auditor).uri().resolve("/").toString();
        var surroundings = new Surroundings(
                Map.of("SALLYPORT_URL", url, "SALLYPORT_KEY", key),
                1,
                false,
                new PrintWriter(out, true),
                new PrintWriter(err, true));
        return SallyportCommand.commandLine(surroundings, new Nothing()).execute(line);
    }

    private String logKey() throws Exception {
        try (Connection superuser = running.database().superuser();
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery("SELECT vkey FROM log_keys")) {
            row.next();
            return Files.writeString(folder.resolve("log.vkey"), row.getString(1) + "\n")
                    .toString();
        }
    }

    @Test
    void log_fetchedAndVerified_isGood_andContinuesWhatWasFetchedBefore() throws Exception {
        String first = folder.resolve("first.zip").toString();
        String second = folder.resolve("second.zip").toString();
        String key = logKey();
        assertThat(run(auditor, "log", "export", "--output", first))
                .as(err.toString())
                .isZero();
        assertThat(run("", "verify", first, "--log-key", key))
                .as(out + "" + err)
                .isZero();
        assertThat(out.toString()).contains("tenant " + tenant, "ROUND_NOT_CHECKED", "Good, self-attested.");

        for (int i = 0; i < 3; i++) {
            running.key(tenant, Role.CALLER);
        }
        Thread.sleep(2_500);
        assertThat(run(
                        ofPlatform,
                        "log",
                        "export",
                        "--tenant",
                        tenant.value(),
                        "--previous",
                        first,
                        "--output",
                        second))
                .as(err.toString())
                .isZero();
        assertThat(run("", "verify", second, "--log-key", key, "--previous", first))
                .as(out + "" + err)
                .isZero();
        assertThat(out.toString()).contains("TENANT_ONCE", "PREVIOUS_CONTINUED", "Good, anchored.");
        assertThat(run("", "verify", first, "--log-key", key, "--previous", second))
                .isEqualTo(1);
        assertThat(out.toString()).contains("PREVIOUS_NEWER");
    }

    @Test
    void range_thatIsNone_isRefused() {
        checkProblem(calls.get(LOG + "?from=2&to=1", auditor), ProblemCode.UNPROCESSABLE);
        checkProblem(calls.get(LOG + "?to=9999999", auditor), ProblemCode.UNPROCESSABLE);
        checkProblem(calls.get(LOG + "?from=-1", auditor), ProblemCode.MALFORMED);
        checkProblem(calls.get(LOG + "?logSizes=1,,2", auditor), ProblemCode.MALFORMED);
        checkProblem(calls.get(LOG + "?tenant=no-such-tenant", ofPlatform), ProblemCode.NOT_FOUND);
        checkStatus(calls.get(LOG + "?from=0&to=0&logSizes=0,1,99999999&tenantSizes=1", auditor), 200);
    }

    @Test
    void command_withoutServerOrKey_saysWhatToSet() {
        assertThat(run("", "log", "export", "--output", folder.resolve("x").toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("SALLYPORT_KEY");
        assertThat(run(
                        auditor,
                        "log",
                        "export",
                        "--previous",
                        "absent",
                        "--output",
                        folder.resolve("x").toString()))
                .isEqualTo(3);
        assertThat(run(
                        "no-such-key",
                        "log",
                        "export",
                        "--output",
                        folder.resolve("x").toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("the server answered 401");
        assertThat(run(auditor, "log", "export")).isEqualTo(2);
        assertThat(run(auditor, "log")).isEqualTo(2);
        assertThat(run(auditor, "verify")).isEqualTo(2);
        assertThat(run(auditor, "verify", "--help")).isZero();
    }
}
