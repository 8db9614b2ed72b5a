package dev.sallyport.api.launch;

import ch.qos.logback.core.joran.spi.ConsoleTarget;
import dev.sallyport.api.cli.ExitCode;
import dev.sallyport.api.cli.Programs;
import dev.sallyport.api.cli.StartupException;
import dev.sallyport.api.cli.Surroundings;
import dev.sallyport.api.config.Settings;
import dev.sallyport.api.operations.Logging;
import dev.sallyport.migrations.DatabaseException;
import dev.sallyport.migrations.MigrationResult;
import dev.sallyport.migrations.Migrator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The programs behind the commands. */
final class LaunchedPrograms implements Programs {
    private final Surroundings surroundings;

    LaunchedPrograms(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public int serve(Settings settings, boolean demo, Optional<Path> readyFile) {
        Logging log = log(settings, surroundings.terminal(), ConsoleTarget.SystemOut);
        return new Server(settings, surroundings, demo, readyFile, log).run();
    }

    @Override
    public int migrate(Settings settings) {
        Settings.Database database = settings.database()
                .orElseThrow(
                        () -> new StartupException(
                                "there is nothing to migrate: without database.url the embedded Postgres migrates when it is served from"));
        Settings.Owner owner = database.owner()
                .orElseThrow(() -> new StartupException(
                        "migrate needs the schema's owner: set database.owner.user and database.owner.password"));
        Logging log = besideOutput(settings);
        try {
            MigrationResult result = Migrator.migrate(
                    database.url(), owner.user(), owner.password().value(), Database.passwords(database));
            result.applied().forEach(script -> surroundings.out().println("applied " + script));
            surroundings.out().println("the schema stands at version " + result.version());
            return ExitCode.GOOD;
        } catch (DatabaseException e) {
            throw new StartupException(String.valueOf(e.getMessage()), e);
        } finally {
            log.close();
        }
    }

    @Override
    public int bootstrap(Settings settings) {
        Logging log = besideOutput(settings);
        try {
            return new Bootstrap(settings, surroundings).run();
        } finally {
            log.close();
        }
    }

    @Override
    public int rotateLogKey(Settings settings, Duration overlap) {
        Logging log = besideOutput(settings);
        try {
            return new LogKeyRotation(settings, surroundings).run(overlap);
        } finally {
            log.close();
        }
    }

    /** The log of a program that prints what it was asked for: on standard error, for whoever called it. */
    private static Logging besideOutput(Settings settings) {
        return log(settings, true, ConsoleTarget.SystemErr);
    }

    private static Logging log(Settings settings, boolean terminal, ConsoleTarget target) {
        return Logging.start(
                settings.log().format(), settings.log().level(), settings.node().name(), terminal, target);
    }
}
