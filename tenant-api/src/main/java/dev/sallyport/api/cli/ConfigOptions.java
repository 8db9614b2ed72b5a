package dev.sallyport.api.cli;

import dev.sallyport.api.config.ConfigLoader;
import dev.sallyport.api.config.ConfigResult;
import dev.sallyport.api.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    /** Reads the configuration, or says on standard error what is wrong with it. */
    Optional<Settings> load(Surroundings surroundings, Map<String, String> moreFlags) {
        Map<String, String> flags = new LinkedHashMap<>(moreFlags);
        if (data != null) {
            flags.put("--data", data);
        }
        ConfigResult result = ConfigLoader.load(
                Optional.ofNullable(config), flags, surroundings.environment(), surroundings.processors());
        return switch (result) {
            case ConfigResult.Loaded loaded -> Optional.of(loaded.settings());
            case ConfigResult.Rejected rejected -> {
                rejected.problems().forEach(surroundings.err()::println);
                yield Optional.empty();
            }
        };
    }
}
