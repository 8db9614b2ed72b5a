package dev.sallyport.ledger.tree;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.log.LogSigner;
import dev.sallyport.format.log.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The log's keys as files: {@code log/ID.key} of mode 0600, one a key, and {@code log.vkey}, what others verify with.
 * A key's file has two lines: the secret in the form of Go's signed notes,
 * {@code PRIVATE+KEY+name+id+base64(0x01 ‖ seed)}, and the verifier key. While a key is not known to the database yet
 * its file is called {@code ID.key.new}.
 */
final class LogKeyFolder {
    private static final String KEY = ".key";
    private static final String DRAFT = ".key.new";
    private static final String SECRET = "PRIVATE+KEY+";

    /** What stands before the 32 bytes of the seed in a PrivateKeyInfo (RFC 8410, section 7). */
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OPEN_FILE = PosixFilePermissions.fromString("rw-r--r--");

    private final Path keys;
    private final Path folder;

    LogKeyFolder(Path keys) {
        this.keys = keys;
        this.folder = keys.resolve("log");
    }

    /** Returns the file of verifier keys, one a line. */
    Path published() {
        return keys.resolve("log.vkey");
    }

    /** Returns where a key's file is. */
    Path file(String id) {
        return folder.resolve(id + KEY);
    }

    /** Returns the ids of the keys that are there, drafts excepted. */
    List<String> ids() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9a-f]{8}\\.key"))
                    .map(name -> name.substring(0, name.length() - KEY.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** Makes a key as a draft. */
    LogSigner draft(String origin) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var signer = new LogSigner(origin, pair);
            byte[] encoded = pair.getPrivate().getEncoded();
            byte[] typed = Arrays.copyOfRange(encoded, PKCS8.length - 1, encoded.length);
            typed[0] = 1;
            String text = SECRET + signer.verifier().label() + "+"
                    + Base64.getEncoder().encodeToString(typed) + "\n"
                    + signer.verifier().encode() + "\n";
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
            write(folder.resolve(id(signer.verifier()) + DRAFT), text, OWNER_FILE);
            return signer;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a key in " + folder, e);
        }
    }

    /** Makes a draft, if there is one, the key's file: the database knows the key. */
    void confirm(String id) {
        try {
            Path draft = folder.resolve(id + DRAFT);
            if (Files.exists(draft)) {
                Files.move(draft, file(id), StandardCopyOption.ATOMIC_MOVE);
                sync(folder);
            }
        } catch (NoSuchFileException e) {
            // Another process has confirmed it in between.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot rename the draft of the log key " + id, e);
        }
    }

    /**
     * Reads a key.
     *
     * @return empty if its file is not there
     * @throws LogException if it is no key, or others may read it
     */
    Optional<LogSigner> read(String id) {
        Path file = file(id);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            checkPrivate(file);
            List<String> lines = Files.readAllLines(file);
            VerifierKey verifier = VerifierKey.parse(lines.size() == 2 ? lines.get(1) : "");
            String secret = lines.get(0);
            String before = SECRET + verifier.label() + "+";
            if (!secret.startsWith(before) || !id(verifier).equals(id)) {
                throw unfit(file);
            }
            byte[] typed = Base64.getDecoder().decode(secret.substring(before.length()));
            byte[] encoded = Arrays.copyOf(PKCS8, PKCS8.length + typed.length - 1);
            System.arraycopy(typed, 1, encoded, PKCS8.length, typed.length - 1);
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return Optional.of(new LogSigner(verifier.name(), new KeyPair(verifier.key(), key)));
        } catch (FormatException | IllegalArgumentException | GeneralSecurityException e) {
            throw unfit(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log key " + file, e);
        }
    }

    /** Writes the verifier keys, one a line, for whoever checks the log. */
    void publish(List<PublishedLogKey> published) {
        var text = new StringBuilder();
        published.forEach(key -> text.append(key.key().encode()).append('\n'));
        try {
            if (!Files.exists(published()) || !Files.readString(published()).contentEquals(text)) {
                Path draft = keys.resolve("log.vkey.new");
                Files.deleteIfExists(draft);
                write(draft, text.toString(), OPEN_FILE);
                Files.move(draft, published(), StandardCopyOption.ATOMIC_MOVE);
                sync(keys);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + published(), e);
        }
    }

    /** Returns the name of a key's file, without its ending: the key's id in hexadecimal digits. */
    static String id(VerifierKey key) {
        return HexFormat.of().toHexDigits(key.id());
    }

    private static LogException unfit(Path file) {
        return LogException.refused(file + " is not a key of the log");
    }

    private static void write(Path file, String text, Set<PosixFilePermission> mode) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(mode))) {
            ByteBuffer rest = StandardCharsets.UTF_8.encode(text);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void checkPrivate(Path file) throws IOException {
        var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(OWNER_FILE);
        if (!others.isEmpty()) {
            throw LogException.refused(file + " may be used by others than its owner: chmod 600");
        }
    }
}
