package dev.sallyport.api.models;

import dev.sallyport.format.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Model artefacts as files named by their digest. A file that is there is whole. Safe for many threads. */
public final class ArtefactFolder {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;

    private ArtefactFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens the folder, and makes it at the first start.
     *
     * @param folder {@code models} in the data folder
     * @throws IOException if it cannot be made
     */
    public static ArtefactFolder open(Path folder) throws IOException {
        DurableFiles.folder(folder);
        return new ArtefactFolder(folder);
    }

    /**
     * Keeps an artefact; it is on the disk when this returns.
     *
     * @param artefact its bytes
     * @return its digest
     */
    String put(byte[] artefact) throws IOException {
        String digest = Sha256.hex(artefact);
        Path file = folder.resolve(digest);
        if (!Files.exists(file)) {
            DurableFiles.write(file, artefact);
        }
        return digest;
    }

    /**
     * Reads an artefact. The caller checks its digest.
     *
     * @throws IOException if it is not there or cannot be read
     */
    byte[] get(String digest) throws IOException {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IOException("an artefact is named by its SHA-256");
        }
        return Files.readAllBytes(folder.resolve(digest));
    }
}
