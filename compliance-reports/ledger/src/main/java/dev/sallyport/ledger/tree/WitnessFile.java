package dev.sallyport.ledger.tree;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.JsonReader;
import dev.sallyport.format.JsonValue;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.SignedNote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A file to which checkpoints are appended, a line of canonical JSON each: {@code {"checkpoint":"the note","v":1}}. A
 * line that a crash has cut is passed over. Used by one thread.
 */
final class WitnessFile {
    /** More than the longest line. */
    private static final int TAIL = 1 << 20;

    private final Path file;

    WitnessFile(Path file) {
        this.file = file;
    }

    /** Returns the last checkpoint in the file, which is not verified. */
    Optional<SignedNote> last() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        for (String line : tail().lines().toList().reversed()) {
            Optional<SignedNote> note = note(line);
            if (note.isPresent()) {
                return note;
            }
        }
        return Optional.empty();
    }

    private String tail() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = Math.max(0, channel.size() - TAIL);
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
            int read;
            do {
                read = channel.read(bytes, from + bytes.position());
            } while (read > 0);
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        }
    }

    private static Optional<SignedNote> note(String line) {
        try {
            var r = new JsonReader(CanonicalJson.parse(line.getBytes(StandardCharsets.UTF_8)), "checkpoint");
            SignedNote note = SignedNote.parse(r.text("checkpoint").getBytes(StandardCharsets.UTF_8));
            Checkpoint.parse(note.text());
            return Optional.of(note);
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** Appends a checkpoint, durably. */
    void append(SignedNote note) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Map<String, JsonValue> members =
                Map.of("checkpoint", new JString(new String(note.encode(), StandardCharsets.UTF_8)), "v", new JInt(1));
        var line = new ByteArrayOutputStream();
        if (cut()) {
            line.write('\n');
        }
        line.writeBytes(CanonicalJson.write(JObject.of(members)));
        line.write('\n');
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND))) {
            ByteBuffer rest = ByteBuffer.wrap(line.toByteArray());
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private boolean cut() throws IOException {
        return Files.exists(file) && !List.of("", "\n").contains(lastCharacter());
    }

    private String lastCharacter() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() == 0 || channel.read(last, channel.size() - 1) < 1
                    ? ""
                    : StandardCharsets.ISO_8859_1.decode(last.flip()).toString();
        }
    }
}
