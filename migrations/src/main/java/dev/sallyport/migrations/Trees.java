package dev.sallyport.migrations;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Directories with all they hold. Symbolic links are never followed. */
final class Trees {
    private Trees() {}

    /** Something done to a path. */
    interface Action {
        void on(Path path) throws IOException;
    }

    /** Deletes a directory; does nothing when it is not there. */
    static void delete(Path root) throws IOException {
        deepestFirst(root, Files::deleteIfExists);
    }

    /** Makes what was created, renamed or deleted in a directory survive a power failure. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Does something to each file, then to its directory. */
    static void deepestFirst(Path root, Action action) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                action.on(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                action.on(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
