package dev.sallyport.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL says of its running server in {@code postmaster.pid}.
 *
 * @param pid the process id of the postmaster
 * @param ready whether it accepts connections
 * @see <a href="https://www.postgresql.org/docs/current/storage-file-layout.html">Database File Layout</a>
 */
record PostmasterFile(long pid, boolean ready) {
    private static final int STATUS_LINE = 7;

    static final String NAME = "postmaster.pid";

    /** The file's content; empty when there is none, or it is being written. */
    static Optional<PostmasterFile> read(Path cluster) throws IOException {
        try {
            List<String> lines = Files.readAllLines(cluster.resolve(NAME));
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            boolean ready =
                    lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
            return Optional.of(new PostmasterFile(Long.parseLong(lines.get(0).strip()), ready));
        } catch (NoSuchFileException | NumberFormatException absent) {
            return Optional.empty();
        }
    }
}
