package dev.sallyport.api.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves the demo. */
@Command(
        name = "demo",
        description = "Sets up two tenants with models, serves, and prints calls to try.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Programs programs;

    @Mixin
    private ServeOptions options = new ServeOptions();

    DemoCommand(Surroundings surroundings, Programs programs) {
        this.surroundings = surroundings;
        this.programs = programs;
    }

    @Override
    public Integer call() {
        return options.serve(surroundings, programs, true);
    }
}
