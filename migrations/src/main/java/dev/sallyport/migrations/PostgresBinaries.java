package dev.sallyport.migrations;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs ({@code initdb}, {@code pg_ctl} and {@code postgres}, no client), unpacked.
 *
 * @param home the directory that holds {@code bin}, {@code lib} and {@code share}
 * @param version the release, such as {@code 18.6.0}
 */
record PostgresBinaries(Path home, String version) {

    /** The path of one of the programs. */
    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** The major version, such as {@code 18}. */
    String major() {
        return version.substring(0, version.indexOf('.'));
    }

    /**
     * The programs of this build's release, unpacked below {@code parent} unless they are there already. They
     * appear whole or not at all: what is unpacked is renamed when it is complete.
     *
     * @throws DatabaseException on a platform for which there are none
     */
    static PostgresBinaries unpacked(Path parent, EmbeddedPostgres.Listener listener) throws IOException {
        String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
        String version = bundledVersion();
        Path home = parent.toAbsolutePath().resolve(version + "-" + platform);
        if (Files.isDirectory(home)) {
            return new PostgresBinaries(home, version);
        }
        listener.step("unpacking PostgreSQL " + version);
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, ".unpacking-");
        try {
            Files.setPosixFilePermissions(fresh, permissions(0755));
            unpack("/postgres-" + platform + ".txz", fresh);
            publish(fresh, home);
        } finally {
            Trees.delete(fresh);
        }
        return new PostgresBinaries(home, version);
    }

    /** The name under which the archive for an operating system and processor is bundled. */
    static String platform(String os, String arch) {
        String system = os.toLowerCase(Locale.ROOT);
        String kind = system.startsWith("linux") ? "linux" : system.startsWith("mac") ? "darwin" : "";
        String processor = switch (arch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> "";
        };
        if (kind.isEmpty() || processor.isEmpty()) {
            throw new DatabaseException(
                    "there is no embedded PostgreSQL for " + os + " on " + arch
                            + ": set database.url to a PostgreSQL server of your own",
                    null);
        }
        return kind + "-" + processor;
    }

    private static String bundledVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = PostgresBinaries.class.getResourceAsStream("postgresql.properties")) {
            if (in == null) {
                throw new IllegalStateException("postgresql.properties is not in the build");
            }
            properties.load(in);
        }
        return properties.getProperty("version");
    }

    private static void unpack(String resource, Path into) throws IOException {
        try (InputStream raw = PostgresBinaries.class.getResourceAsStream(resource)) {
            if (raw == null) {
                throw new DatabaseException(
                        "this build brings no PostgreSQL for this platform (" + resource
                                + "): set database.url to a PostgreSQL server of your own",
                        null);
            }
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(raw)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    write(tar, entry, into);
                }
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("an archive entry leaves its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, into.resolve(entry.getLinkName()).normalize());
        } else {
            Files.copy(tar, target);
            Files.setPosixFilePermissions(target, permissions((entry.getMode() & 0100) != 0 ? 0755 : 0644));
        }
    }

    private static void publish(Path fresh, Path home) throws IOException {
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException impossible) {
            throw impossible;
        } catch (FileSystemException race) {
            // Another process was quicker: its directory is whole too.
            if (!Files.isDirectory(home)) {
                throw race;
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                set.add(all[i]);
            }
        }
        return set;
    }
}
