package dev.sallyport.verifier;

import dev.sallyport.format.merkle.ConsistencyProof;
import dev.sallyport.format.merkle.TreeHead;
import java.util.Map;

/**
 * Tells whether a tree continues older ones.
 *
 * @param now the tree as it is signed
 * @param proofs by the older tree's size
 * @param known heads of older trees that were computed from the entries, by size
 */
record Continuity(TreeHead now, Map<Long, ConsistencyProof> proofs, Map<Long, TreeHead> known) {
    /** What came of it. */
    enum Answer {
        CONTINUED,
        INCONSISTENT,
        NOT_SHOWN,
        NEWER
    }

    Answer of(TreeHead older) {
        if (older.size() > now.size()) {
            return Answer.NEWER;
        }
        if (older.size() == 0 || older.size() == now.size()) {
            return proven(new ConsistencyProof(java.util.List.of()), older);
        }
        TreeHead computed = known.get(older.size());
        if (computed != null) {
            return computed.equals(older) ? Answer.CONTINUED : Answer.INCONSISTENT;
        }
        ConsistencyProof proof = proofs.get(older.size());
        return proof == null ? Answer.NOT_SHOWN : proven(proof, older);
    }

    private Answer proven(ConsistencyProof proof, TreeHead older) {
        return proof.verify(older, now).holds() ? Answer.CONTINUED : Answer.INCONSISTENT;
    }
}
