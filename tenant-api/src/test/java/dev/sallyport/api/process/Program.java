package dev.sallyport.api.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged program, run to its end in a process of its own. */
final class Program {
    private static final Path JAR = Path.of("target", "sallyport.jar");

    /**
     * How a run ended.
     *
     * @param code the exit code
     * @param out what stood on standard output
     * @param err what stood on standard error
     */
    record End(int code, String out, String err) {}

    private Program() {}

    /**
     * The words that start the packaged jar. A test run that is a shell's background job has SIGINT ignored, and would
     * hand that down: where env can, it is set back.
     */
    static List<String> command(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        List<String> interruptible = List.of("env", "--default-signal=INT");
        if (run(new ProcessBuilder("env", "--default-signal=INT", "true")).code() == 0) {
            words.addAll(interruptible);
        }
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx768m",
                "-jar",
                JAR.toString()));
        words.addAll(List.of(arguments));
        return words;
    }

    /** Runs a command of the packaged jar. */
    static End run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** Runs a command of the packaged jar with more in its environment. */
    static End run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments));
        builder.environment().putAll(environment);
        return run(builder);
    }

    /** Runs any command. */
    static End run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = Files.createTempFile("program", ".out");
        Path err = Files.createTempFile("program", ".err");
        try {
            int code = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start()
                    .waitFor();
            return new End(code, Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
