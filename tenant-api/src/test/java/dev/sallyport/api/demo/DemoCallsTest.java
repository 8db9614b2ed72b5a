package dev.sallyport.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCallsTest {
    private static final DemoAccess ACCESS = new DemoAccess(
            List.of(
                    new DemoAccess.Caller("acme-clinic", "sp_a", "care-coordination", List.of("simple")),
                    new DemoAccess.Caller("euro-credit", "sp_e", "credit-decision", List.of("simple"))),
            "sp_t",
            "sp_x",
            "sp_u",
            List.of());

    @TempDir
    private Path directory;

    @Test
    void all_samePortAndKeys_areTheSame() {
        assertThat(calls()).isEqualTo(calls());
        assertThat(calls()).extracting(DemoCall::name).doesNotHaveDuplicates();
    }

    @Test
    void all_secrets_staysOfTheAdministratorOut() {
        assertThat(calls()).noneMatch(call -> call.shell().contains("sp_x"));
        assertThat(ACCESS.toString()).doesNotContain("sp_");
    }

    @Test
    void write_twice_replacesPrivateScriptsThatShellsRead() throws Exception {
        DemoCallFiles.write(directory, calls());
        Path scripts = DemoCallFiles.write(directory, calls());
        try (Stream<Path> files = Files.list(scripts)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(calls().size() + 1);
            for (Path file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rwx------");
                assertThat(new ProcessBuilder("sh", "-n", file.toString())
                                .start()
                                .waitFor())
                        .isZero();
            }
        }
    }

    @Test
    void check_answersAsExpectedOrNot_saysWhich() throws Exception {
        String shell = "printf '{\"label\":\"HIGH\"}\\nHTTP 200\\n'\n";
        Path scripts = DemoCallFiles.write(
                directory,
                List.of(
                        new DemoCall("right", "Right", shell, 200, List.of("\"HIGH\"")),
                        new DemoCall("wrong-status", "Wrong", shell, 403, List.of()),
                        new DemoCall("wrong-text", "Wrong", shell, 200, List.of("\"LOW\""))));
        assertThat(check(scripts))
                .startsWith("1\n")
                .contains("ok     01", "FAILED 02", "expected: HTTP 403", "FAILED 03", "LOW");
        assertThat(check(scripts, "01")).startsWith("0\n").doesNotContain("FAILED");
    }

    @Test
    void print_calls_areCommentsAndShell() {
        StringWriter printed = new StringWriter();
        DemoBanner.print(new PrintWriter(printed), calls(), List.of(), directory);
        assertThat(printed.toString()).contains("Expect HTTP 403.", "Expect HTTP 429.", "curl -sS");
    }

    private static String check(Path scripts, String... chosen) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", scripts.resolve("check").toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(chosen));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + "\n" + output;
    }

    private static List<DemoCall> calls() {
        return new DemoCalls("http://127.0.0.1:8000", ACCESS).all();
    }
}
