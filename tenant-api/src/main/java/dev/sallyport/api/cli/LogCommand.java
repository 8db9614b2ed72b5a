package dev.sallyport.api.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The log that outsiders check. */
@Command(name = "log", description = "The log that outsiders check.", mixinStandardHelpOptions = true)
final class LogCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** Replaces the log's key. */
    @Command(
            name = "rotate-key",
            description = "Makes a new key for the log and prints its verifier key; the others sign on for a while.",
            mixinStandardHelpOptions = true)
    static final class RotateKey implements Callable<Integer> {
        private final Surroundings surroundings;
        private final Programs programs;

        @Mixin
        private ConfigOptions options = new ConfigOptions();

        @Option(
                names = "--overlap",
                paramLabel = "DAYS",
                defaultValue = "30",
                description = "For how many days the keys of before sign, too; ${DEFAULT-VALUE} unless said.")
        private int days;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
        private CommandSpec spec;

        RotateKey(Surroundings surroundings, Programs programs) {
            this.surroundings = surroundings;
            this.programs = programs;
        }

        @Override
        public Integer call() {
            if (days < 0 || days > 3650) {
                throw new ParameterException(spec.commandLine(), "--overlap is 0 to 3650 days");
            }
            return options.run(
                    surroundings, Map.of(), settings -> programs.rotateLogKey(settings, Duration.ofDays(days)));
        }
    }
}
