package dev.sallyport.verifier;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.log.VerifierKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that the checker brings. */
final class BroughtFiles {
    private static final int MOST_BYTES = 1 << 20;

    private BroughtFiles() {}

    /**
     * Reads the log's keys.
     *
     * @throws UnreadableException if there is none, or a line is no verifier key
     */
    static List<VerifierKey> logKeys(Path file) {
        List<String> lines = new String(bytes(file), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (lines.isEmpty()) {
            throw new UnreadableException(file + " has no verifier key");
        }
        try {
            return lines.stream().map(VerifierKey::parse).toList();
        } catch (FormatException e) {
            throw new UnreadableException(file + " holds a line that is no verifier key: " + e.getMessage());
        }
    }

    /**
     * Returns a small file's bytes.
     *
     * @throws UnreadableException if it cannot be read or has more than 1 MiB
     */
    static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new UnreadableException(file + " has more than " + MOST_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UnreadableException("there is no file " + file + " that can be read");
        }
    }

    /**
     * Opens a file of lines.
     *
     * @throws UnreadableException if it cannot be read
     */
    static LineReader lines(Path file, int mostBytes) {
        try {
            return new LineReader(Files.newInputStream(file), file.toString(), mostBytes, Files.size(file));
        } catch (IOException e) {
            throw new UnreadableException("there is no file " + file + " that can be read");
        }
    }
}
