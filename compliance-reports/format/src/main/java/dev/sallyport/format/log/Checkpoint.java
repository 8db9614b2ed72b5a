package dev.sallyport.format.log;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.log.CheckpointVerdict.BadSignature;
import dev.sallyport.format.log.CheckpointVerdict.Malformed;
import dev.sallyport.format.log.CheckpointVerdict.NoKnownKey;
import dev.sallyport.format.log.CheckpointVerdict.Valid;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.TreeHead;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * What a log signs of itself (C2SP tlog-checkpoint): three lines, no extensions.
 *
 * @param origin the log's name, which its keys have too
 * @param head the tree's size and root; the size from 0 to {@link TreeHead#MAX_SIZE}
 */
public record Checkpoint(String origin, TreeHead head) {
    /** @throws IllegalArgumentException if the origin is no key's name or the size out of bounds */
    public Checkpoint {
        if (!NoteText.isName(origin) || head.size() < 0 || head.size() > TreeHead.MAX_SIZE) {
            throw new IllegalArgumentException(
                    "a checkpoint has an origin without white space and +, and a size of at most 2^62");
        }
    }

    /**
     * Reads the three lines.
     *
     * @throws FormatException if the text is anything else
     */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty()) {
            throw new FormatException("a checkpoint is three lines: origin, size, root");
        }
        if (!NoteText.isName(lines[0])) {
            throw new FormatException("a checkpoint's origin has no white space and no +");
        }
        Hash root = Hash.of(NoteText.base64(lines[2], "a checkpoint's root"));
        return new Checkpoint(lines[0], new TreeHead(size(lines[1]), root));
    }

    private static long size(String digits) {
        if (digits.matches("0|[1-9][0-9]{0,18}")) {
            // 19 digits are below 10^19, which an unsigned long holds.
            long size = Long.parseUnsignedLong(digits);
            if (size >= 0 && size <= TreeHead.MAX_SIZE) {
                return size;
            }
        }
        throw new FormatException("a checkpoint's size is a decimal number of at most 2^62");
    }

    /** Returns the three lines. */
    public String text() {
        return origin + "\n" + head.size() + "\n"
                + Base64.getEncoder().encodeToString(head.root().bytes()) + "\n";
    }

    /**
     * Signs the checkpoint.
     *
     * @param signers the log's; two while a key is replaced
     */
    public SignedNote sign(List<LogSigner> signers) {
        String text = text();
        return new SignedNote(
                text, signers.stream().map(signer -> signer.sign(text)).toList());
    }

    /**
     * Checks a signed checkpoint. Never throws.
     *
     * @param note the note's bytes, whatever they are
     * @param logKeys the log's keys that the reader trusts; only one that has the origin's name counts, so a witness's
     *     signature never stands for the log's
     */
    public static CheckpointVerdict verify(byte[] note, Collection<VerifierKey> logKeys) {
        SignedNote signed;
        Checkpoint checkpoint;
        try {
            signed = SignedNote.parse(note);
            checkpoint = parse(signed.text());
        } catch (FormatException e) {
            return new Malformed(String.valueOf(e.getMessage()));
        }
        List<VerifierKey> named = logKeys.stream()
                .filter(key -> key.name().equals(checkpoint.origin()))
                .toList();
        return switch (signed.verify(named)) {
            case NoteVerdict.Signed(List<VerifierKey> by) -> new Valid(checkpoint, by);
            case NoteVerdict.BadSignature(VerifierKey key) -> new BadSignature(key);
            case NoteVerdict.NoKnownKey() -> new NoKnownKey(checkpoint.origin());
        };
    }
}
