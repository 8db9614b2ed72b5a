package dev.sallyport.verifier;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands on the command line. */
final class Arguments {
    static final String USAGE = """
            Usage: verify PACKAGE --log-key FILE [--previous FILE]... [--witness FILE] [--receipts FILE] [--core] [--json]

            Checks an exported range of a log offline, trusting nobody but the files brought.

              PACKAGE           what `log export` wrote
              --log-key FILE    the log's verifier keys, one a line, from elsewhere than the package
              --previous FILE   a checkpoint that was kept, or an earlier package
              --witness FILE    the notes that a witness kept
              --receipts FILE   receipts that callers kept, one a line, each perhaps with its record's id
              --core            only checks that need nothing but a JDK: in this version these are all
              --json            the report as JSON

            Exit codes: 0 good, 1 bad, 2 wrong use, 3 could not run.
            """;

    private final List<Path> previous = new ArrayList<>();
    private @Nullable Path file;
    private @Nullable Path logKey;
    private @Nullable Path witness;
    private @Nullable Path receipts;
    private boolean json;

    /**
     * What was asked.
     *
     * @param request what to verify
     * @param json whether the report is wanted as JSON
     */
    record Asked(Request request, boolean json) {}

    /** Wrong use. Its message is a sentence. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String sentence) {
            super(sentence);
        }
    }

    private Arguments() {}

    /** @throws UsageException if something is missing, twice or unknown */
    static Asked parse(List<String> arguments) {
        var read = new Arguments();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--json" -> read.json = true;
                case "--core" -> {}
                case "--log-key", "--previous", "--witness", "--receipts" -> {
                    if (++i == arguments.size()) {
                        throw new UsageException(argument + " names a file");
                    }
                    read.option(argument, path(arguments.get(i)));
                }
                default -> read.operand(argument);
            }
        }
        return read.asked();
    }

    private void option(String name, Path path) {
        switch (name) {
            case "--log-key" -> logKey = once(logKey, path, name);
            case "--witness" -> witness = once(witness, path, name);
            case "--receipts" -> receipts = once(receipts, path, name);
            default -> previous.add(path);
        }
    }

    private void operand(String argument) {
        if (argument.startsWith("-")) {
            throw new UsageException("there is no option " + argument);
        }
        file = once(file, path(argument), "the package");
    }

    private static Path once(@Nullable Path before, Path path, String what) {
        if (before != null) {
            throw new UsageException(what + " is named once");
        }
        return path;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("a file's name is not one");
        }
    }

    private Asked asked() {
        if (file == null || logKey == null) {
            throw new UsageException("name a package, and the log's key with --log-key");
        }
        var request = new Request(file, logKey, previous, Optional.ofNullable(witness), Optional.ofNullable(receipts));
        return new Asked(request, json);
    }
}
