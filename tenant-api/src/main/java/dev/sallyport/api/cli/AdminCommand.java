package dev.sallyport.api.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done on the server's own machine, before there is a key to do it with. */
@Command(name = "admin", description = "Administration without a key.", mixinStandardHelpOptions = true)
final class AdminCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** Issues the first key. */
    @Command(
            name = "bootstrap",
            description = "Prints one platform-admin key, once, only while there is none.",
            mixinStandardHelpOptions = true)
    static final class Bootstrap implements Callable<Integer> {
        private final Surroundings surroundings;
        private final Programs programs;

        @Mixin
        private ConfigOptions options = new ConfigOptions();

        Bootstrap(Surroundings surroundings, Programs programs) {
            this.surroundings = surroundings;
            this.programs = programs;
        }

        @Override
        public Integer call() {
            return options.run(surroundings, Map.of(), programs::bootstrap);
        }
    }
}
