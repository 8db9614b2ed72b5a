package dev.sallyport.ledger;

import dev.sallyport.policy.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The folder of key files: {@code root.key}, and {@code tenants/TENANT/GENERATION.kek}, each tenant key-encryption key
 * sealed by the root key. They stand apart from the database and its backups, so that destroying one destroys what it
 * wrapped there, old backups included.
 */
final class KeyFiles {
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final String KEK = ".kek";

    private final Path folder;
    private final RandomGenerator random;
    private final byte[] root;

    /** @throws LedgerException if the root key is not one, or others may read it */
    KeyFiles(Path folder, RandomGenerator random) {
        this.folder = folder;
        this.random = random;
        this.root = root();
    }

    private byte[] root() {
        Path file = folder.resolve("root.key");
        try {
            if (!Files.exists(file)) {
                requireNothingSealed(file);
                createFolder(folder);
                createOnce(file, fresh());
            }
            checkPrivate(file);
            byte[] key = Files.readAllBytes(file);
            if (key.length != AesGcm.KEY_BYTES) {
                throw refused(file + " is not a key of " + AesGcm.KEY_BYTES + " bytes");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or make the root key " + file, e);
        }
    }

    /** A root key is made only while it seals nothing: a lost one is never papered over. */
    private void requireNothingSealed(Path file) throws IOException {
        Path tenants = folder.resolve("tenants");
        if (!Files.isDirectory(tenants)) {
            return;
        }
        try (Stream<Path> below = Files.walk(tenants)) {
            if (below.anyMatch(path -> path.toString().endsWith(KEK))) {
                throw refused(file + " is missing, and it sealed the tenants' keys beside it: put it back");
            }
        }
    }

    /** Returns a key for one purpose, which every node with this root key has and nobody else. */
    byte[] derived(String purpose) {
        return Hmac.of(root, purpose.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the newest generation of a tenant's key-encryption key, if it has one. */
    OptionalInt newest(TenantId tenant) {
        Path of = tenantFolder(tenant);
        if (!Files.isDirectory(of)) {
            return OptionalInt.empty();
        }
        try (Stream<Path> files = Files.list(of)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{1,9}\\.kek"))
                    .mapToInt(name -> Integer.parseInt(name.substring(0, name.length() - KEK.length())))
                    .max();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + of, e);
        }
    }

    /** Makes a generation of a tenant's key-encryption key; does nothing if it is there. */
    void create(TenantId tenant, int generation) {
        try {
            createFolder(tenantFolder(tenant));
            createOnce(file(tenant, generation), AesGcm.seal(root, use(tenant, generation), fresh(), random));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a key of tenant " + tenant, e);
        }
    }

    /** @throws LedgerException if the generation was destroyed or is another root key's */
    byte[] read(TenantId tenant, int generation) {
        try {
            return AesGcm.open(root, use(tenant, generation), Files.readAllBytes(file(tenant, generation)));
        } catch (NoSuchFileException e) {
            throw refused("generation " + generation + " of tenant " + tenant + "'s key is not in the keys folder");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a key of tenant " + tenant, e);
        }
    }

    private Path tenantFolder(TenantId tenant) {
        return folder.resolve("tenants").resolve(tenant.value());
    }

    private Path file(TenantId tenant, int generation) {
        return tenantFolder(tenant).resolve(generation + KEK);
    }

    private static String use(TenantId tenant, int generation) {
        return "tenants/" + tenant + "/" + generation + KEK;
    }

    private byte[] fresh() {
        var key = new byte[AesGcm.KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    private static void createFolder(Path path) throws IOException {
        Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
    }

    /** Writes the file whole or not at all, never over another: of two who try, the second finds the first one's. */
    private void createOnce(Path file, byte[] bytes) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + "." + Long.toHexString(random.nextLong()) + ".new");
        try (FileChannel channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_FILE))) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            return;
        } finally {
            Files.delete(draft);
        }
        try (FileChannel parent = FileChannel.open(folderOf(file), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    private Path folderOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? folder : parent;
    }

    private static void checkPrivate(Path file) throws IOException {
        var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        if (!others.isEmpty()) {
            throw refused(file + " may be used by others than its owner: chmod 600");
        }
    }

    private static LedgerException refused(String message) {
        return new LedgerException(LedgerException.Kind.REFUSED, message, null);
    }
}
