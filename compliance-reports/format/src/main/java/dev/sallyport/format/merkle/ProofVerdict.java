package dev.sallyport.format.merkle;

/** What came of checking a proof. */
public sealed interface ProofVerdict {
    /** The proof holds. */
    record Proven() implements ProofVerdict {}

    /**
     * There can be no proof for these numbers.
     *
     * @param why a sentence saying which bound is broken
     */
    record OutOfBounds(String why) implements ProofVerdict {}

    /**
     * The path is too short or too long for these sizes.
     *
     * @param hashes how many hashes it has
     */
    record WrongLength(int hashes) implements ProofVerdict {}

    /**
     * The path leads to another root: a hash, the leaf, an index, a size or the root was changed.
     *
     * @param claimed the head that should have been reached
     * @param computed the root that was reached
     */
    record OtherRoot(TreeHead claimed, Hash computed) implements ProofVerdict {}

    /** Tells whether the proof holds. */
    default boolean holds() {
        return this instanceof Proven;
    }
}
