package dev.sallyport.api.cli;

import dev.sallyport.api.config.ConfigLoader;
import dev.sallyport.api.config.ConfigProblem;
import dev.sallyport.api.config.ConfigResult;
import dev.sallyport.api.config.ResolvedSetting;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at a configuration without starting anything. */
@Command(name = "config", description = "Looks at a configuration.", mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: check or print");
    }

    /** Shows every value with its source, or all that is wrong. */
    @Command(
            description = "Shows every value with its source, secrets masked: exit 0, or 1 with all that is wrong.",
            mixinStandardHelpOptions = true)
    static final class Look implements Callable<Integer> {
        private final Surroundings surroundings;

        @Parameters(
                arity = "0..1",
                paramLabel = "FILE",
                description = "The file; without one, what the environment and the defaults say.")
        private @Nullable Path file;

        @Option(names = "--json", description = "As JSON.")
        private boolean json;

        Look(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            if (file != null && !Files.isReadable(file)) {
                surroundings.err().println("there is no file " + file + " that can be read");
                return ExitCode.COULD_NOT_RUN;
            }
            ConfigResult result = ConfigLoader.load(
                    Optional.ofNullable(file), Map.of(), surroundings.environment(), surroundings.processors());
            return switch (result) {
                case ConfigResult.Loaded loaded -> show(loaded.resolved());
                case ConfigResult.Rejected rejected -> refuse(rejected.problems());
            };
        }

        private int show(List<ResolvedSetting> settings) {
            if (json) {
                JsonObject all = new JsonObject();
                settings.forEach(s -> all.put(
                        s.path(),
                        new JsonObject()
                                .put("value", s.shown().isEmpty() ? null : s.shown())
                                .put("source", s.source())));
                surroundings.out().println(all.encodePrettily());
                return ExitCode.GOOD;
            }
            for (ResolvedSetting setting : settings) {
                String value = setting.shown().isEmpty() ? "(none)" : setting.shown();
                surroundings.out().printf("%-32s %-28s %s%n", setting.path(), value, setting.source());
            }
            return ExitCode.GOOD;
        }

        private int refuse(List<ConfigProblem> problems) {
            if (json) {
                JsonArray all = new JsonArray();
                problems.forEach(p -> all.add(new JsonObject()
                        .put("source", p.source())
                        .put("key", p.key())
                        .put("problem", p.sentence())));
                surroundings.out().println(new JsonObject().put("problems", all).encodePrettily());
            } else {
                problems.forEach(problem -> surroundings.err().println(problem));
            }
            return ExitCode.BAD;
        }
    }
}
