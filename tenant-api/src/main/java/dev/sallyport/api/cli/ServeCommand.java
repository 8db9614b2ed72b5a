package dev.sallyport.api.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves. */
@Command(name = "serve", description = "Serves until it is told to stop.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Programs programs;

    @Mixin
    private ServeOptions options = new ServeOptions();

    ServeCommand(Surroundings surroundings, Programs programs) {
        this.surroundings = surroundings;
        this.programs = programs;
    }

    @Override
    public Integer call() {
        return options.serve(surroundings, programs, false);
    }
}
