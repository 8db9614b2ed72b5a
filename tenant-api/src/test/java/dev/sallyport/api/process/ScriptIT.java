package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in front, on a machine that it is not to find a JDK on unless it is told where. */
final class ScriptIT {
    private static final Path SCRIPT =
            Path.of("..", "sallyport").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path programs;
    private Path jdks;

    @BeforeEach
    void prepare() throws IOException {
        programs = Files.createDirectory(folder.resolve("bin"));
        for (String name : List.of("cat", "dirname", "find", "head", "ls", "readlink", "sed", "tail", "tr")) {
            executable(programs.resolve(name), "#!/bin/sh\nexec " + find(name) + " \"$@\"\n");
        }
        jdks = Files.createDirectory(folder.resolve("jdks"));
    }

    @Test
    void script_withoutAnyJdk_saysWhatToInstall() throws Exception {
        Program.End end = run("version");
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.out()).isEmpty();
        assertThat(end.err())
                .contains("needs a JDK of version 21 or newer", "apt install openjdk-21-jdk-headless", "brew install")
                .contains("set JAVA_HOME")
                .doesNotContain("not found", "unbound", "parameter not set");
    }

    @Test
    void script_withAnOldJdkAlone_saysWhatToInstall() throws Exception {
        Path old = Files.createDirectories(jdks.resolve("jdk-17/bin"));
        executable(old.resolve("java"), "#!/bin/sh\n");
        executable(old.resolve("javac"), "#!/bin/sh\n");
        Files.writeString(jdks.resolve("jdk-17/release"), "JAVA_VERSION=\"17.0.1\"\n");
        Program.End end = run("--print-java-home");
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.err()).contains("needs a JDK of version 21 or newer");
    }

    @Test
    void script_toldWhereJdksAre_findsTheOneThatIsNewEnough() throws Exception {
        Path here = Path.of(System.getProperty("java.home")).resolveSibling("");
        Program.End end = run(here, "--print-java-home");
        assertThat(end.code()).as(end.err()).isZero();
        assertThat(Path.of(end.out().strip())).startsWith(here).isDirectory();
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Program.End run(String... arguments) throws IOException, InterruptedException {
        return run(jdks, arguments);
    }

    private Program.End run(Path folderOfJdks, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().put("SALLYPORT_JDK_DIRS", folder.resolve("none") + ":" + folderOfJdks);
        return Program.run(builder);
    }

    private static Path find(String name) {
        Optional<Path> found = List.of("/usr/bin", "/bin").stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
        return found.orElseThrow(() -> new IllegalStateException(name + " is not on this machine"));
    }
}
