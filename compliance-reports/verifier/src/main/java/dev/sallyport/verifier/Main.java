package dev.sallyport.verifier;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The command line of the verifier. */
public final class Main {
    private static final int GOOD = 0;
    private static final int BAD = 1;
    private static final int USAGE = 2;
    private static final int COULD_NOT_RUN = 3;

    private Main() {}

    /**
     * Verifies a package and ends the process with its exit code.
     *
     * @param arguments as {@link #run} takes them
     */
    public static void main(String[] arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, err));
    }

    /**
     * Verifies a package.
     *
     * @param arguments {@code PACKAGE --log-key FILE [--previous FILE]... [--witness FILE] [--receipts FILE] [--core]
     *     [--json]}
     * @param out takes the report
     * @param err takes what is wrong with the call
     * @return 0 if the package is good, 1 if it is bad, 2 for wrong use, 3 if it could not run
     */
    public static int run(List<String> arguments, PrintWriter out, PrintWriter err) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(Arguments.USAGE);
            out.flush();
            return GOOD;
        }
        try {
            Arguments.Asked asked = Arguments.parse(arguments);
            Report report = Verification.run(asked.request());
            out.print(asked.json() ? ReportWriter.json(report) + System.lineSeparator() : ReportWriter.text(report));
            out.flush();
            return report.good() ? GOOD : BAD;
        } catch (Arguments.UsageException e) {
            err.println(e.getMessage());
            err.print(Arguments.USAGE);
            err.flush();
            return USAGE;
        } catch (UnreadableException e) {
            err.println(e.getMessage());
            return COULD_NOT_RUN;
        }
    }
}
