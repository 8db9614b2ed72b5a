package dev.sallyport.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(List.of(arguments), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @Test
    void wrongUse_isSaidWithTheUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("p")).isEqualTo(2);
        assertThat(run("p", "q", "--log-key", "k")).isEqualTo(2);
        assertThat(run("p", "--log-key")).isEqualTo(2);
        assertThat(run("p", "--log-key", "k", "--log-key", "k")).isEqualTo(2);
        assertThat(run("p", "--log-key", "k", "--unknown")).isEqualTo(2);
        assertThat(run("p\0", "--log-key", "k")).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: verify PACKAGE");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void help_isPrinted() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--log-key FILE");
    }

    @Test
    void filesThatCannotBeUsed_areNamed(@TempDir Path folder) throws IOException {
        var log = new GeneratedLog().append("acme", 1).round();
        Path key = Files.write(folder.resolve("key"), log.logKey());
        Path file = Files.write(folder.resolve("p.zip"), Verified.zip(log.members("acme", 0, 1, List.of(), List.of())));
        String absent = folder.resolve("absent").toString();
        assertThat(run(absent, "--log-key", key.toString())).isEqualTo(3);
        assertThat(run(file.toString(), "--log-key", absent)).isEqualTo(3);
        assertThat(run(file.toString(), "--log-key", file.toString())).isEqualTo(3);
        for (String option : new String[] {"--previous", "--witness", "--receipts"}) {
            assertThat(run(file.toString(), "--log-key", key.toString(), option, absent))
                    .isEqualTo(3);
        }
        assertThat(err.toString().lines()).allMatch(line -> line.contains(folder.toString()));
        assertThat(run(file.toString(), "--log-key", key.toString())).isZero();
    }
}
