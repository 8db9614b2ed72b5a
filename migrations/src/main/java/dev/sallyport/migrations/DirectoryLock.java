package dev.sallyport.migrations;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps two servers from using one data directory. Held until closed; the system lets go of a dead process's lock. */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock; empty if another server uses the directory. */
    static Optional<DirectoryLock> take(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new DirectoryLock(channel));
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException withinThisProcess) {
            return null;
        }
    }

    /** Why nothing can be done with a directory that another server uses. */
    static DatabaseException inUse(Path directory) {
        return new DatabaseException(
                "another Sallyport uses the data directory " + directory
                        + ": stop it, or choose another directory with --data",
                null);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The system lets go of it when the process ends.
            return;
        }
    }
}
