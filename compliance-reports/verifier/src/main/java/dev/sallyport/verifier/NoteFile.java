package dev.sallyport.verifier;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Signed notes one after the other in a file, with or without empty lines between them. Not thread-safe. */
final class NoteFile implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 19;
    private static final byte[] DASH = "\u2014 ".getBytes(StandardCharsets.UTF_8);

    private final LineReader lines;
    private byte @Nullable [] ahead;

    NoteFile(Path file) {
        lines = BroughtFiles.lines(file, MOST_BYTES);
        ahead = lines.next();
    }

    /**
     * Returns the next note's bytes; null after the last.
     *
     * @throws PackageException if a line or a note is too long, or the file does not end in a newline
     */
    byte @Nullable [] next() {
        var note = new ByteArrayOutputStream();
        boolean signatures = false;
        while (ahead != null && !(signatures && !isSignature(ahead))) {
            boolean between = ahead.length == 0 && note.size() == 0;
            signatures = isSignature(ahead);
            if (!between) {
                note.writeBytes(ahead);
                note.write('\n');
            }
            if (note.size() > MOST_BYTES) {
                throw new PackageException("a note is longer than " + MOST_BYTES + " bytes");
            }
            ahead = lines.next();
        }
        return note.size() == 0 ? null : note.toByteArray();
    }

    private static boolean isSignature(byte[] line) {
        return line.length >= DASH.length && Arrays.equals(line, 0, DASH.length, DASH, 0, DASH.length);
    }

    @Override
    public void close() {
        lines.close();
    }
}
