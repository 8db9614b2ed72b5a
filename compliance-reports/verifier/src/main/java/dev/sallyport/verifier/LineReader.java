package dev.sallyport.verifier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads a member line by line in the memory of one line. Not thread-safe. */
final class LineReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final String name;
    private final int mostBytes;
    private final byte[] buffer = new byte[BUFFER];
    private long left;
    private int at;
    private int end;

    /**
     * Begins to read.
     *
     * @param name the member's, for messages
     * @param mostBytes of a line without its newline
     * @param size of the whole member, in bytes
     */
    LineReader(InputStream in, String name, int mostBytes, long size) {
        this.in = in;
        this.name = name;
        this.mostBytes = mostBytes;
        this.left = size;
    }

    /**
     * Returns the next line without its newline; null after the last.
     *
     * @throws PackageException if it is too long, has no newline, or the member has not the size that it should have
     */
    byte @Nullable [] next() {
        @Nullable ByteArrayOutputStream begun = null;
        while (true) {
            if (at == end && !fill()) {
                if (begun != null) {
                    throw new PackageException(name + " ends within a line");
                }
                return null;
            }
            int newline = newline();
            int length = newline - at + (begun == null ? 0 : begun.size());
            if (length > mostBytes) {
                throw new PackageException("a line of " + name + " is longer than " + mostBytes + " bytes");
            }
            if (newline < end && begun == null) {
                byte[] line = Arrays.copyOfRange(buffer, at, newline);
                at = newline + 1;
                return line;
            }
            begun = begun == null ? new ByteArrayOutputStream(2 * (end - at)) : begun;
            begun.write(buffer, at, newline - at);
            at = newline;
            if (newline < end) {
                at++;
                return begun.toByteArray();
            }
        }
    }

    private int newline() {
        int i = at;
        while (i < end && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    private boolean fill() {
        try {
            int read = in.read(buffer);
            at = 0;
            end = Math.max(read, 0);
            left -= end;
            if (left < 0 || (read < 0 && left > 0)) {
                throw new PackageException(name + " has another size than the archive's directory says");
            }
            return read > 0;
        } catch (ZipException | java.io.EOFException e) {
            throw new PackageException(name + " cannot be decompressed");
        } catch (IOException e) {
            throw new UnreadableException("the package cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UnreadableException("the package cannot be read: " + e.getMessage());
        }
    }
}
