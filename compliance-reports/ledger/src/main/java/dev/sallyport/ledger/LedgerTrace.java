package dev.sallyport.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells, event by event, where the ledger is: for those who look from outside what a crash has hit. One line of JSON an
 * event, handed to the kernel before {@link #event} returns, so that it outlives the process, though not the machine.
 * Lines of several nodes may go to one file. Thread-safe.
 */
public final class LedgerTrace implements AutoCloseable {
    /** Traces nothing. */
    public static final LedgerTrace NONE = new LedgerTrace(null, "");

    private static final Logger LOG = LoggerFactory.getLogger(LedgerTrace.class);

    private final @Nullable FileChannel file;
    private final String node;
    private boolean failed;

    private LedgerTrace(@Nullable FileChannel file, String node) {
        this.file = file;
        this.node = node;
    }

    /**
     * Opens a trace.
     *
     * @param path where lines are appended; made with mode 0600 if absent
     * @param node whose events they are
     * @throws UncheckedIOException if the file cannot be opened
     */
    public static LedgerTrace open(Path path, String node) {
        try {
            return new LedgerTrace(
                    FileChannel.open(
                            path,
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                    node);
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger's trace cannot be written to " + path, e);
        }
    }

    /**
     * Writes an event. A trace that cannot be written is given up with a warning: it must not stop what it tells of.
     *
     * @param name what happened, a word of docs/operations.md
     * @param generation the node's generation
     * @param flush the number of the flush; 0 where it is about none
     * @param records how many records it is about
     * @param reason a few words without data; empty where there is none
     */
    public void event(String name, long generation, long flush, int records, String reason) {
        if (file == null) {
            return;
        }
        write(file, name, generation, flush, records, reason);
    }

    private synchronized void write(
            FileChannel to, String name, long generation, long flush, int records, String reason) {
        if (failed) {
            return;
        }
        long micros = System.currentTimeMillis() * 1_000;
        String line = "{\"at\":" + micros + ",\"node\":\"" + node + "\",\"generation\":" + generation + ",\"event\":\""
                + name + "\",\"flush\":" + flush + ",\"records\":" + records + ",\"reason\":\"" + reason + "\"}\n";
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        } catch (IOException e) {
            failed = true;
            LOG.warn("the ledger's trace cannot be written any more", e);
        }
    }

    /** Closes the file. */
    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            LOG.warn("the ledger's trace could not be closed", e);
        }
    }
}
