package dev.sallyport.format.log;

import java.util.List;

/** What came of checking a signed checkpoint. */
public sealed interface CheckpointVerdict {
    /**
     * The log has signed it.
     *
     * @param checkpoint what it signed
     * @param by with which keys
     */
    record Valid(Checkpoint checkpoint, List<VerifierKey> by) implements CheckpointVerdict {
        /** Copies the keys. */
        public Valid {
            by = List.copyOf(by);
        }
    }

    /**
     * The bytes are no signed checkpoint.
     *
     * @param why a sentence
     */
    record Malformed(String why) implements CheckpointVerdict {}

    /**
     * No signature claims to be of a known key of this log.
     *
     * @param origin the log that the checkpoint names
     */
    record NoKnownKey(String origin) implements CheckpointVerdict {}

    /**
     * A signature claims to be of a known key of the log and is not: the checkpoint was changed.
     *
     * @param key the key
     */
    record BadSignature(VerifierKey key) implements CheckpointVerdict {}
}
