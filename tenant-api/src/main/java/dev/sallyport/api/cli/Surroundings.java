package dev.sallyport.api.cli;

import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command sees of the world.
 *
 * @param environment the process's environment
 * @param processors cores that this process may use, positive
 * @param terminal whether standard output is a terminal
 * @param out standard output
 * @param err standard error
 */
public record Surroundings(
        Map<String, String> environment, int processors, boolean terminal, PrintWriter out, PrintWriter err) {
    /** Copies the environment. */
    public Surroundings {
        environment = Map.copyOf(environment);
    }
}
