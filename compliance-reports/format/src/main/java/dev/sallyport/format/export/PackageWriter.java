package dev.sallyport.format.export;

import dev.sallyport.format.log.TenantCheckpoint;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a package as a stream, in the memory of a line. What it writes is as good as what it is given: it checks the
 * order of the members and the length of lines, nothing else. Not thread-safe. Closing it ends the archive.
 */
public final class PackageWriter implements AutoCloseable {
    // Members carry no time of their own, so equal contents make equal packages.
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final int BUFFER = 1 << 16;

    private final ZipOutputStream zip;
    private @Nullable Member last;

    /** What writes the lines of a member. */
    @FunctionalInterface
    public interface Lines {
        /** Gives each line, without its newline, to the sink. */
        void writeTo(LineSink sink) throws IOException;
    }

    /** Takes lines. */
    @FunctionalInterface
    public interface LineSink {
        /** Takes one line, without its newline. */
        void line(byte[] line) throws IOException;
    }

    /**
     * Begins a package.
     *
     * @param out not closed before this is
     */
    public PackageWriter(OutputStream out) {
        zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER));
        // Hashes do not shrink, and most of the rest repeats: more effort buys little.
        zip.setLevel(Deflater.BEST_SPEED);
    }

    /** Writes {@code checkpoint.json} and {@code range.json}. */
    public void begin(TenantCheckpoint checkpoint, ExportedRange range) throws IOException {
        text(Member.CHECKPOINT, checkpoint.encode());
        text(Member.RANGE, range.encode());
    }

    private void text(Member member, byte[] bytes) throws IOException {
        open(member);
        zip.write(bytes);
        zip.closeEntry();
    }

    /**
     * Writes a member that has lines.
     *
     * @throws IllegalStateException if one of the same or a later place was written, or a line is too long
     */
    public void lines(Member member, Lines lines) throws IOException {
        open(member);
        var out = new BufferedOutputStream(zip, BUFFER);
        lines.writeTo(line -> {
            if (line.length > member.mostBytes()) {
                throw new IllegalStateException("a line of " + member.fileName() + " has " + line.length + " bytes");
            }
            out.write(line);
            out.write('\n');
        });
        out.flush();
        zip.closeEntry();
    }

    private void open(Member member) throws IOException {
        if (last != null && member.compareTo(last) <= 0) {
            throw new IllegalStateException(member.fileName() + " is written in its place, once");
        }
        last = member;
        var entry = new ZipEntry(member.fileName());
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
