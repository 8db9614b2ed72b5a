package dev.sallyport.torture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Follows a server's trace while the server writes it. Keeps what came since it was last told to forget. */
final class Trace {
    private static final long LOOK_EVERY_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Path file;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<TraceEvent> events = new ArrayList<>();
    private long position;

    Trace(Path file) {
        this.file = file;
    }

    /** Forgets all events up to now. */
    void forget() throws IOException {
        read();
        events.clear();
    }

    /** The events since the last {@link #forget}, those written meanwhile included. */
    List<TraceEvent> events() throws IOException {
        read();
        return List.copyOf(events);
    }

    /**
     * Waits for an event that is not there yet.
     *
     * @return whether it came in time
     */
    boolean await(Predicate<TraceEvent> wanted, long millis) throws IOException {
        read();
        int seen = events.size();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            read();
            while (seen < events.size()) {
                if (wanted.test(events.get(seen++))) {
                    return true;
                }
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return false;
    }

    private void read() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int n = channel.read(buffer.clear(), position); n > 0; n = channel.read(buffer.clear(), position)) {
                position += n;
                buffer.flip();
                while (buffer.hasRemaining()) {
                    take(buffer.get());
                }
            }
        }
    }

    /** A killed process may leave half a line; the next process's line then begins in its middle. */
    private void take(byte next) {
        if (next != '\n') {
            line.write(next);
            return;
        }
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        int begin = text.lastIndexOf("{\"at\"");
        if (begin >= 0) {
            events.add(TraceEvent.parse(text.substring(begin)));
        }
    }
}
