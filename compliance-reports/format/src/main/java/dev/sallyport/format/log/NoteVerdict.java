package dev.sallyport.format.log;

import java.util.List;

/** What came of checking a note's signatures. */
public sealed interface NoteVerdict {
    /**
     * Every signature that claims to be of a known key is, and there is one.
     *
     * @param by the keys, without repetition, in the order of the signatures
     */
    record Signed(List<VerifierKey> by) implements NoteVerdict {
        /** Copies the keys. */
        public Signed {
            by = List.copyOf(by);
        }
    }

    /**
     * A signature claims to be of a known key and is not: the note is worth nothing, whatever else it has.
     *
     * @param key the key
     */
    record BadSignature(VerifierKey key) implements NoteVerdict {}

    /** No signature claims to be of a known key. */
    record NoKnownKey() implements NoteVerdict {}
}
