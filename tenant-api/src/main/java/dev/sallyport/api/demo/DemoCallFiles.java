package dev.sallyport.api.demo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The printed calls as scripts in the directory {@code demo-calls} of the data directory, one a call. Each shows the
 * call's output and leaves with 0 if it is what the script's head expects, otherwise with 1; {@code check} runs them
 * all. They hold keys: only their owner may read them.
 */
public final class DemoCallFiles {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Ends each script: compares what was put out with the script's own head. */
    private static final String COMPARE = """
            )
            printf '%s\\n' "$output"
            sed -n 's/^# expect: //p' "$0" | while IFS= read -r text; do
              printf '%s\\n' "$output" | grep -qF -e "$text" || { printf 'expected: %s\\n' "$text"; exit 1; }
            done
            """;

    /** Runs every script beside it. */
    private static final String CHECK = """
            #!/bin/sh
            # Runs each call of this directory; leaves with 1 when one does not do what its head says.
            # Arguments choose calls by the beginning of their names; without any, all run.
            cd "$(dirname "$0")" || exit 3
            [ $# -gt 0 ] || set -- ''
            failed=0
            for chosen in "$@"; do
              for call in "$chosen"*.sh; do
                if output=$(sh "./$call" 2>&1); then
                  echo "ok     $call"
                else
                  failed=1
                  printf 'FAILED %s\\n%s\\n' "$call" "$output"
                fi
              done
            done
            exit $failed
            """;

    private DemoCallFiles() {}

    /**
     * Writes the scripts in place of those of an earlier start.
     *
     * @param dataDirectory an existing directory
     * @param calls what to write
     * @return the directory of the scripts
     * @throws IOException if one cannot be written
     */
    public static Path write(Path dataDirectory, List<DemoCall> calls) throws IOException {
        Path directory = dataDirectory.resolve("demo-calls");
        clear(directory);
        Files.createDirectories(directory, OWNER_ONLY);
        for (int i = 0; i < calls.size(); i++) {
            DemoCall call = calls.get(i);
            script(directory.resolve("%02d-%s.sh".formatted(i + 1, call.name())), text(call));
        }
        script(directory.resolve("check"), CHECK);
        return directory;
    }

    private static String text(DemoCall call) {
        StringBuilder text = new StringBuilder("#!/bin/sh\n");
        text.append("# ")
                .append(call.title())
                .append(".\n# expect: HTTP ")
                .append(call.status())
                .append('\n');
        call.texts()
                .forEach(expected -> text.append("# expect: ").append(expected).append('\n'));
        return text.append("output=$(\n").append(call.shell()).append(COMPARE).toString();
    }

    private static void script(Path file, String text) throws IOException {
        Files.createFile(file, OWNER_ONLY);
        Files.writeString(file, text);
    }

    private static void clear(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (NoSuchFileException e) {
            // The first start: nothing to clear.
        }
    }
}
