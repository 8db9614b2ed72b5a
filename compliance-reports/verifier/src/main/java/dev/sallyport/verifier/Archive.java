package dev.sallyport.verifier;

import dev.sallyport.format.export.Member;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A package's archive, read by its central directory: that is what every other program that unpacks it goes by. All
 * bounds are checked before anything is read at their length.
 */
final class Archive implements AutoCloseable {
    private static final int END_BYTES = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int MOST_DIRECTORY_BYTES = 4_096;
    private static final long MOST_SMALL_BYTES = 1 << 20;
    private static final long MOST_RATIO = 100;

    private final ZipFile zip;
    private final Map<Member, ZipEntry> members = new EnumMap<>(Member.class);

    private Archive(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * Opens a package.
     *
     * @throws PackageException if it is no archive of the members that a package has
     * @throws UnreadableException if the file cannot be read
     */
    static Archive open(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UnreadableException("there is no file " + file + " that can be read");
        }
        ZipFile zip;
        try {
            checkEnd(file);
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new PackageException("it is no ZIP archive that can be read");
        } catch (IOException e) {
            throw new UnreadableException("the package cannot be read: " + e.getMessage());
        }
        var archive = new Archive(zip);
        try {
            archive.list();
        } catch (PackageException e) {
            archive.close();
            throw e;
        }
        return archive;
    }

    /** The directory is held in memory by who reads it, so its size is looked at first. */
    private static void checkEnd(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() < END_BYTES) {
                throw new PackageException("it is too short for a ZIP archive");
            }
            var bytes = new byte[END_BYTES];
            file.seek(file.length() - END_BYTES);
            file.readFully(bytes);
            ByteBuffer end = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (end.getInt(0) != END_SIGNATURE || end.getShort(20) != 0) {
                throw new PackageException("it does not end as a ZIP archive without comment: it was cut, or is none");
            }
            if (Short.toUnsignedInt(end.getShort(10)) > Member.values().length
                    || Integer.toUnsignedLong(end.getInt(12)) > MOST_DIRECTORY_BYTES) {
                throw new PackageException("the archive has more members than a package");
            }
        }
    }

    private void list() {
        List<? extends ZipEntry> entries = Collections.list(zip.entries());
        Member before = null;
        for (ZipEntry entry : entries) {
            Member member = Member.of(entry.getName())
                    .orElseThrow(() -> new PackageException("the archive has a member that no package has"));
            if (before != null && member.compareTo(before) <= 0) {
                throw new PackageException("the archive has " + member.fileName() + " twice or out of its place");
            }
            before = member;
            checkSize(member, entry);
            members.put(member, entry);
        }
        for (Member member : Member.values()) {
            if (member.required() && !has(member)) {
                throw new PackageException("the archive has no " + member.fileName());
            }
        }
    }

    private static void checkSize(Member member, ZipEntry entry) {
        long size = entry.getSize();
        long compressed = entry.getCompressedSize();
        if (size < 0 || compressed < 0 || size > Math.max(MOST_SMALL_BYTES, MOST_RATIO * compressed)) {
            throw new PackageException(member.fileName() + " is compressed more than " + MOST_RATIO + " times");
        }
    }

    boolean has(Member member) {
        return members.containsKey(member);
    }

    /** Returns the bytes of a member that is one JSON text. */
    byte[] text(Member member) {
        ZipEntry entry = entry(member);
        if (entry.getSize() > member.mostBytes()) {
            throw new PackageException(member.fileName() + " has more than " + member.mostBytes() + " bytes");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize() + 1);
            if (bytes.length != entry.getSize()) {
                throw new PackageException(member.fileName() + " has another size than the archive's directory says");
            }
            return bytes;
        } catch (ZipException | java.io.EOFException e) {
            throw new PackageException(member.fileName() + " cannot be decompressed");
        } catch (IOException e) {
            throw new UnreadableException("the package cannot be read: " + e.getMessage());
        }
    }

    /** Returns the lines of a member; to be closed. */
    LineReader lines(Member member) {
        ZipEntry entry = entry(member);
        try {
            return new LineReader(zip.getInputStream(entry), member.fileName(), member.mostBytes(), entry.getSize());
        } catch (ZipException e) {
            throw new PackageException(member.fileName() + " cannot be decompressed");
        } catch (IOException e) {
            throw new UnreadableException("the package cannot be read: " + e.getMessage());
        }
    }

    private ZipEntry entry(Member member) {
        ZipEntry entry = members.get(member);
        if (entry == null) {
            throw new PackageException("the archive has no " + member.fileName());
        }
        return entry;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UnreadableException("the package cannot be read: " + e.getMessage());
        }
    }
}
