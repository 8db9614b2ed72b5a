package dev.sallyport.api.cli;

import dev.sallyport.api.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the commands start. Each call blocks until the program has ended and returns the process's exit code. */
public interface Programs {
    /**
     * Serves until it is told to stop.
     *
     * @param settings the configuration
     * @param demo whether the demo's tenants, models and keys are set up first and its calls printed
     * @param readyFile written whole once it serves; empty for none
     * @return an exit code
     */
    int serve(Settings settings, boolean demo, Optional<Path> readyFile);

    /**
     * Brings the schema of a Postgres of one's own up to date, with the owner's credential.
     *
     * @param settings the configuration
     * @return an exit code
     */
    int migrate(Settings settings);

    /**
     * Issues the first platform-admin key and prints it, once, only while there is none.
     *
     * @param settings the configuration
     * @return an exit code
     */
    int bootstrap(Settings settings);

    /**
     * Makes a new key for the log, beside a server that runs or while none does, and prints its verifier key.
     *
     * @param settings the configuration
     * @param overlap for how long the keys of before sign, too; not negative
     * @return an exit code
     */
    int rotateLogKey(Settings settings, Duration overlap);
}
