package dev.sallyport.api.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The file {@code demo-keys.json} in the data directory, which keeps the demo's keys for the next start. Readable by
 * its owner only, from its first byte on; written whole or not at all.
 */
final class DemoKeyFile {
    private final Path file;

    /**
     * Names the file; it need not exist.
     *
     * @param dataDirectory an existing directory
     */
    DemoKeyFile(Path dataDirectory) {
        this.file = dataDirectory.resolve("demo-keys.json");
    }

    /**
     * A key with the id that names it in records.
     *
     * @param id names it
     * @param key the secret
     */
    record Entry(String id, String key) {
        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "Entry[id=" + id + "]";
        }
    }

    /**
     * Reads the keys.
     *
     * @return by {@link DemoKey#label}, empty if there is no file
     * @throws IOException if the file cannot be read or is not what {@link #write} wrote
     */
    Map<String, Entry> read() throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return Map.of();
        }
        try {
            return entries(new JsonObject(text).getJsonObject("keys", new JsonObject()));
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            throw new IOException(file + " is damaged: move it away, and the next start issues new keys", e);
        }
    }

    private static Map<String, Entry> entries(JsonObject keys) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (String label : keys.fieldNames()) {
            JsonObject entry = keys.getJsonObject(label, new JsonObject());
            String id = entry.getString("id", "");
            String key = entry.getString("key", "");
            if (id.isEmpty() || key.isEmpty()) {
                throw new IllegalArgumentException("key " + label + " has no id or no text");
            }
            entries.put(label, new Entry(id, key));
        }
        return entries;
    }

    /**
     * Replaces the file.
     *
     * @param entries by {@link DemoKey#label}
     * @throws IOException if it cannot be written; the file is then as it was
     */
    void write(Map<String, Entry> entries) throws IOException {
        JsonObject keys = new JsonObject();
        entries.forEach((label, entry) ->
                keys.put(label, new JsonObject().put("id", entry.id()).put("key", entry.key())));
        String text = new JsonObject().put("keys", keys).encodePrettily() + "\n";
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try (FileChannel channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
