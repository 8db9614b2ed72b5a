package dev.sallyport.api.cli;

import dev.sallyport.api.config.ConfigLoader;
import dev.sallyport.api.config.ConfigProblem;
import dev.sallyport.api.config.ConfigResult;
import dev.sallyport.api.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command which reads the configuration has. */
final class ConfigOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
    @Nullable
    Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "The folder of everything kept here; default ./data.")
    @Nullable
    String data;

    /**
     * Reads the configuration and runs a program with it.
     *
     * @param moreFlags values given on the command line by flag, besides those of this class
     * @return the program's exit code; where the configuration is not fit, all that is wrong stands on standard error
     *     and it is {@link ExitCode#USAGE} if a flag's value is at fault, {@link ExitCode#COULD_NOT_RUN} otherwise
     */
    int run(Surroundings surroundings, Map<String, String> moreFlags, ToIntFunction<Settings> program) {
        Map<String, String> flags = new LinkedHashMap<>(moreFlags);
        if (data != null) {
            flags.put("--data", data);
        }
        ConfigResult result = ConfigLoader.load(
                Optional.ofNullable(config), flags, surroundings.environment(), surroundings.processors());
        return switch (result) {
            case ConfigResult.Loaded loaded -> program.applyAsInt(loaded.settings());
            case ConfigResult.Rejected rejected -> refuse(surroundings, rejected.problems(), flags);
        };
    }

    private static int refuse(Surroundings surroundings, List<ConfigProblem> problems, Map<String, String> flags) {
        problems.forEach(surroundings.err()::println);
        boolean flagged = problems.stream().anyMatch(problem -> flags.containsKey(problem.source()));
        return flagged ? ExitCode.USAGE : ExitCode.COULD_NOT_RUN;
    }
}
