package dev.sallyport.api.launch;

import dev.sallyport.api.cli.SallyportCommand;
import dev.sallyport.api.cli.Surroundings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The process's entry point, and the only class that touches its environment. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        // Java cannot tell in the same way on every version; the script that starts it can.
        boolean terminal = Boolean.getBoolean("sallyport.terminal");
        Surroundings surroundings =
                new Surroundings(System.getenv(), Runtime.getRuntime().availableProcessors(), terminal, out, err);
        int code = SallyportCommand.commandLine(surroundings, new LaunchedPrograms(surroundings))
                .execute(arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }
}
