package dev.sallyport.verifier;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.SignedNote;
import dev.sallyport.format.log.TenantCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The sizes of the older trees that a checker holds: an export is asked for proofs of these. What the files say is not
 * checked here.
 *
 * @param tree of the tenant's tree
 * @param log of the platform log; of a witness's file with more notes evenly chosen ones, at most 900
 */
public record KeptSizes(SortedSet<Long> tree, SortedSet<Long> log) {
    private static final int MOST_NOTES = 900;

    /**
     * Reads the files.
     *
     * @param previous checkpoints, notes or packages
     * @param witness a witness's file
     * @throws IOException if a file cannot be read or holds something else
     */
    public static KeptSizes read(List<Path> previous, Optional<Path> witness) throws IOException {
        var sizes = new KeptSizes(new TreeSet<>(), new TreeSet<>());
        try {
            for (Path file : previous) {
                sizes.take(PreviousCheck.bytes(file));
            }
            if (witness.isPresent()) {
                sizes.log.addAll(chosen(notes(witness.get())));
            }
        } catch (FormatException | PackageException | UnreadableException e) {
            throw new IOException("an older checkpoint cannot be read: " + e.getMessage(), e);
        }
        return sizes;
    }

    private void take(byte[] bytes) {
        SignedNote note;
        if (bytes.length > 0 && bytes[0] == '{') {
            TenantCheckpoint checkpoint = TenantCheckpoint.parse(bytes);
            tree.add(checkpoint.leaf().head().size());
            note = checkpoint.note();
        } else {
            note = SignedNote.parse(bytes);
        }
        log.add(Checkpoint.parse(note.text()).head().size());
    }

    private static List<Long> notes(Path file) {
        var sizes = new TreeSet<Long>();
        try (var notes = new NoteFile(file)) {
            for (byte[] note = notes.next(); note != null; note = notes.next()) {
                sizes.add(Checkpoint.parse(SignedNote.parse(note).text()).head().size());
            }
        }
        return List.copyOf(sizes);
    }

    private static List<Long> chosen(List<Long> sizes) {
        if (sizes.size() <= MOST_NOTES) {
            return sizes;
        }
        var chosen = new ArrayList<Long>();
        for (long i = 0; i < MOST_NOTES; i++) {
            chosen.add(sizes.get((int) (i * (sizes.size() - 1) / (MOST_NOTES - 1))));
        }
        return chosen;
    }
}
