package dev.sallyport.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as an auditor runs it: alone, with the smallest part of a JDK and a small heap. */
class VerifierJarIT {
    // Elliptic curves were a module of their own before Java 22.
    private static final String MODULES = Runtime.version().feature() < 22 ? "java.base,jdk.crypto.ec" : "java.base";

    @Test
    void jar_alone_verifiesAPackageInASmallHeap(@TempDir Path folder) throws Exception {
        var log = new GeneratedLog().append("acme", 20_000).round();
        Path key = Files.write(folder.resolve("log.vkey"), log.logKey());
        Path file = Files.write(
                folder.resolve("package.zip"), Verified.zip(log.members("acme", 0, 20_000, List.of(), List.of())));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        MODULES,
                        "-Xmx48m",
                        "-jar",
                        Path.of("target", "verify.jar").toString(),
                        file.toString(),
                        "--log-key",
                        key.toString(),
                        "--core")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("Good, self-attested.");
    }
}
