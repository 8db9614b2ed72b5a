package dev.sallyport.torture;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The entry point of {@code ./sallyport torture}. */
public final class Main {
    private Main() {}

    /**
     * Tortures the product beside whose jar this runs, and ends the process with an exit code.
     *
     * @param arguments the command line, without the word {@code torture}
     */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = new CommandLine(new TortureCommand(Product.built()))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    e.printStackTrace(err);
                    return dev.sallyport.api.cli.ExitCode.COULD_NOT_RUN;
                })
                .execute(arguments);
        System.exit(code);
    }
}
