package dev.sallyport.api.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** What the demo prints once it serves. */
public final class DemoBanner {
    private DemoBanner() {}

    /**
     * Prints the calls, ready to be pasted into a shell.
     *
     * @param out standard output
     * @param calls what to print
     * @param changed policies that are not the demo's any more, in words
     * @param scripts the directory that holds them as scripts
     */
    public static void print(PrintWriter out, List<DemoCall> calls, List<String> changed, Path scripts) {
        out.println();
        out.println("# Calls to paste into another terminal, in any order, as often as you like.");
        out.println("# They also lie in " + scripts + "; " + scripts.resolve("check") + " runs them all.");
        if (!changed.isEmpty()) {
            out.println("#");
            out.println(
                    "# Policies that somebody changed are kept. Calls under them may answer otherwise than said here:");
            changed.forEach(policy -> out.println("#   " + policy));
        }
        for (int i = 0; i < calls.size(); i++) {
            DemoCall call = calls.get(i);
            out.println();
            out.println("# " + (i + 1) + ". " + call.title() + ". Expect HTTP " + call.status() + ".");
            out.print(call.shell());
        }
        out.println();
        out.flush();
    }
}
