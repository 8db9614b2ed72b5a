package dev.sallyport.api.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the commands that serve. */
final class ServeOptions {
    @Mixin
    ConfigOptions common = new ConfigOptions();

    @Option(names = "--port", paramLabel = "N", description = "The port of REST; 0 picks every port.")
    @Nullable
    String port;

    @Option(names = "--management-port", paramLabel = "N", description = "The port of livez, readyz and metrics.")
    @Nullable
    String managementPort;

    @Option(names = "--ready-file", paramLabel = "F", description = "Written whole, as JSON, once serving.")
    @Nullable
    Path readyFile;

    int serve(Surroundings surroundings, Programs programs, boolean demo) {
        Map<String, String> flags = new LinkedHashMap<>();
        if (port != null) {
            flags.put("--port", port);
        }
        if (managementPort != null) {
            flags.put("--management-port", managementPort);
        }
        return common.run(
                surroundings, flags, settings -> programs.serve(settings, demo, Optional.ofNullable(readyFile)));
    }
}
