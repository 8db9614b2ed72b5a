package dev.sallyport.api.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says which version this is. */
@Command(name = "version", description = "Says which version this is.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    VersionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        String version = new Version().number();
        surroundings
                .out()
                .println(
                        json
                                ? "{\"version\":\"%s\",\"java\":\"%s\"}".formatted(version, Runtime.version())
                                : "sallyport %s (Java %s)".formatted(version, Runtime.version()));
        return ExitCode.GOOD;
    }
}
