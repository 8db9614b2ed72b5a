package dev.sallyport.migrations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * Passwords in files of mode 0600, one a user, in a directory of mode 0700. A password is made when it is
 * first asked for and stays.
 */
final class SecretFiles {
    private static final int BYTES = 32;

    private final Path directory;
    private final SecureRandom random = new SecureRandom();

    SecretFiles(Path directory) {
        this.directory = directory;
    }

    /** Whether the user's password was made before. */
    boolean has(String user) {
        return Files.isRegularFile(file(user));
    }

    /** The user's password: 256 random bits as base64url. */
    String password(String user) throws IOException {
        if (!has(user)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            Path fresh = directory.resolve("." + user + ".new");
            write(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
            Files.move(fresh, file(user), StandardCopyOption.ATOMIC_MOVE);
            Trees.sync(directory);
            Trees.sync(directory.resolveSibling(""));
        }
        return Files.readString(file(user)).strip();
    }

    /** Writes a file that only its owner may read, durably; an old one of that name is replaced. */
    static void write(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC), mode)) {
            channel.write(StandardCharsets.UTF_8.encode(content));
        }
    }

    private Path file(String user) {
        return directory.resolve(user + ".password");
    }
}
