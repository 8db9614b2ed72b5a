package dev.sallyport.api.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Migrates a Postgres of one's own. */
@Command(
        name = "migrate",
        description = "Brings the schema of a Postgres of one's own up to date, with the owner's credential.",
        mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Programs programs;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    MigrateCommand(Surroundings surroundings, Programs programs) {
        this.surroundings = surroundings;
        this.programs = programs;
    }

    @Override
    public Integer call() {
        return options.run(surroundings, Map.of(), programs::migrate);
    }
}
