package dev.sallyport.api.launch;

import dev.sallyport.api.cli.ExitCode;
import dev.sallyport.api.cli.Programs;
import dev.sallyport.api.cli.Surroundings;
import dev.sallyport.api.config.Settings;
import java.nio.file.Path;
import java.util.Optional;

/** The programs behind the commands. */
final class LaunchedPrograms implements Programs {
    private final Surroundings surroundings;

    LaunchedPrograms(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public int serve(Settings settings, boolean demo, Optional<Path> readyFile) {
        surroundings.err().println("serving is not supported yet");
        return ExitCode.COULD_NOT_RUN;
    }

    @Override
    public int migrate(Settings settings) {
        surroundings.err().println("migrating is not supported yet");
        return ExitCode.COULD_NOT_RUN;
    }

    @Override
    public int bootstrap(Settings settings) {
        surroundings.err().println("bootstrap is not supported yet");
        return ExitCode.COULD_NOT_RUN;
    }
}
