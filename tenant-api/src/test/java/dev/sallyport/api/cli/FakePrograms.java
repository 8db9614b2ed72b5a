package dev.sallyport.api.cli;

import dev.sallyport.api.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs that note what they were started with, and end as they are told to. */
final class FakePrograms implements Programs {
    /** What was started, in order. */
    final List<String> started = new ArrayList<>();

    Optional<Settings> settings = Optional.empty();
    int exit;
    Optional<RuntimeException> failure = Optional.empty();

    @Override
    public int serve(Settings given, boolean demo, Optional<Path> readyFile) {
        return start(
                given,
                (demo ? "demo" : "serve") + readyFile.map(file -> " " + file).orElse(""));
    }

    @Override
    public int migrate(Settings given) {
        return start(given, "migrate");
    }

    @Override
    public int bootstrap(Settings given) {
        return start(given, "bootstrap");
    }

    @Override
    public int rotateLogKey(Settings given, Duration overlap) {
        return start(given, "rotate-key " + overlap);
    }

    private int start(Settings given, String what) {
        started.add(what);
        settings = Optional.of(given);
        if (failure.isPresent()) {
            throw failure.get();
        }
        return exit;
    }
}
