package dev.sallyport.format.log;

import dev.sallyport.format.Ed25519;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.log.NoteVerdict.BadSignature;
import dev.sallyport.format.log.NoteVerdict.NoKnownKey;
import dev.sallyport.format.log.NoteVerdict.Signed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A text with signatures (C2SP signed-note). Signatures of other keys and types than the reader's are kept and
 * ignored, so a witness may add its own.
 *
 * @param text ends in a newline; without other control characters
 * @param signatures 1 to {@value #MAX_SIGNATURES}; copied
 */
public record SignedNote(String text, List<Line> signatures) {
    /** The most signatures that a note may have. */
    public static final int MAX_SIGNATURES = 64;

    /** The most bytes that a note may have. */
    public static final int MAX_BYTES = 1 << 19;

    private static final String DASH = "\u2014 ";

    /** @throws IllegalArgumentException if the text or the number of signatures is not as above */
    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!NoteText.isText(text) || signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note is a text of lines without control characters, with 1 to "
                    + MAX_SIGNATURES + " signatures");
        }
    }

    /**
     * One signature line.
     *
     * @param name the key's name
     * @param blob base64 of the key's id in 4 bytes and the signature
     */
    public record Line(String name, String blob) {
        /** @throws FormatException if the name is none or the blob not base64 of at least 5 bytes */
        public Line {
            if (!NoteText.isName(name)) {
                throw new FormatException("a signature's key name has no white space and no +");
            }
            if (NoteText.base64(blob, "a signature").length <= Integer.BYTES) {
                throw new FormatException("a signature has a key's id in 4 bytes and at least one more");
            }
        }

        /** Returns the key's id: with the name it says whose signature this claims to be. */
        public int keyId() {
            return ByteBuffer.wrap(bytes()).getInt();
        }

        private byte[] signature() {
            byte[] bytes = bytes();
            return Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
        }

        private byte[] bytes() {
            return Base64.getDecoder().decode(blob);
        }
    }

    /**
     * Reads a note. Nothing in it may be believed before it is verified.
     *
     * @throws FormatException if the bytes are not exactly a note
     */
    public static SignedNote parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new FormatException("a note has at most " + MAX_BYTES + " bytes");
        }
        String note = NoteText.decode(bytes);
        int end = note.lastIndexOf("\n\n");
        if (end < 0 || !NoteText.isText(note)) {
            throw new FormatException("a note is lines, an empty line and signatures");
        }
        var signatures = new ArrayList<Line>();
        for (int at = end + 2; at < note.length(); ) {
            int newline = note.indexOf('\n', at);
            if (signatures.size() == MAX_SIGNATURES) {
                throw new FormatException("a note has at most " + MAX_SIGNATURES + " signatures");
            }
            signatures.add(line(note.substring(at, newline)));
            at = newline + 1;
        }
        if (signatures.isEmpty()) {
            throw new FormatException("a note has a signature");
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    private static Line line(String line) {
        int space = line.indexOf(' ', DASH.length());
        if (!line.startsWith(DASH) || space < 0) {
            throw new FormatException("a signature line is a dash, a key's name and base64");
        }
        return new Line(line.substring(DASH.length(), space), line.substring(space + 1));
    }

    /** Returns the note's bytes. */
    public byte[] encode() {
        var note = new StringBuilder(text).append('\n');
        for (Line line : signatures) {
            note.append(DASH)
                    .append(line.name())
                    .append(' ')
                    .append(line.blob())
                    .append('\n');
        }
        return note.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns this note with one more signature, a witness's for example. */
    public SignedNote with(Line signature) {
        var more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /**
     * Checks the signatures of known keys. Never throws.
     *
     * @param known the keys that the reader trusts
     */
    public NoteVerdict verify(Collection<VerifierKey> known) {
        byte[] signed = text.getBytes(StandardCharsets.UTF_8);
        var by = new LinkedHashSet<VerifierKey>();
        for (Line line : signatures) {
            List<VerifierKey> named = known.stream()
                    .filter(key -> key.name().equals(line.name()) && key.id() == line.keyId())
                    .toList();
            for (VerifierKey key : named) {
                if (!Ed25519.verify(key.key(), signed, line.signature())) {
                    return new BadSignature(key);
                }
                by.add(key);
            }
        }
        return by.isEmpty() ? new NoKnownKey() : new Signed(List.copyOf(by));
    }
}
