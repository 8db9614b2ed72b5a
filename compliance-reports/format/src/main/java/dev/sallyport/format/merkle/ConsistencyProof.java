package dev.sallyport.format.merkle;

import dev.sallyport.format.merkle.ProofVerdict.OtherRoot;
import dev.sallyport.format.merkle.ProofVerdict.OutOfBounds;
import dev.sallyport.format.merkle.ProofVerdict.Proven;
import dev.sallyport.format.merkle.ProofVerdict.WrongLength;
import java.util.List;

/**
 * A proof that a tree is an older one with leaves appended (RFC 9162, section 2.1.4). Every tree is the empty one with
 * leaves appended and itself with none; both proofs have no hashes.
 *
 * @param path the hashes; copied
 */
public record ConsistencyProof(List<Hash> path) {
    /** Copies the path. */
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /**
     * Computes the proof for a stored tree.
     *
     * @param first the older size, from 0
     * @param second the newer size, at least the older, at most {@link TreeHead#MAX_SIZE}
     * @param source of a tree of at least the newer size
     * @throws IllegalArgumentException if one is out of bounds
     */
    public static ConsistencyProof of(long first, long second, HashSource source) {
        if (first < 0 || first > second || second > TreeHead.MAX_SIZE) {
            throw new IllegalArgumentException("no tree of size " + second + " continues one of size " + first);
        }
        return new ConsistencyProof(
                first == 0 || first == second ? List.of() : Range.hashes(Range.consistency(first, second), source));
    }

    /** Checks the proof. Never throws, whatever the numbers and hashes are. */
    public ProofVerdict verify(TreeHead first, TreeHead second) {
        if (first.outOfBounds() || second.outOfBounds() || first.size() > second.size()) {
            return new OutOfBounds("a tree continues one that is not larger, and has at most 2^62 leaves");
        }
        if (first.size() == 0 || first.size() == second.size()) {
            return path.isEmpty() ? withoutPath(first, second) : new WrongLength(path.size());
        }
        return withPath(first, second);
    }

    private static ProofVerdict withoutPath(TreeHead first, TreeHead second) {
        Hash older = first.size() == 0 ? Hash.EMPTY_TREE : first.root();
        if (!first.root().equals(older)) {
            return new OtherRoot(first, older);
        }
        return first.size() == second.size() && !second.root().equals(older)
                ? new OtherRoot(second, older)
                : new Proven();
    }

    /** Section 2.1.4.2, whose names of variables these are. */
    private ProofVerdict withPath(TreeHead first, TreeHead second) {
        // A power of two: the older tree is one node, whose hash the verifier has.
        boolean older = Long.bitCount(first.size()) == 1;
        if (path.isEmpty()) {
            return new WrongLength(0);
        }
        int alone = Long.numberOfTrailingZeros(first.size());
        long fn = (first.size() - 1) >> alone;
        long sn = (second.size() - 1) >> alone;
        Hash fr = older ? first.root() : path.getFirst();
        Hash sr = fr;
        for (Hash c : path.subList(older ? 0 : 1, path.size())) {
            if (sn == 0) {
                return new WrongLength(path.size());
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = Hash.node(c, fr);
                sr = Hash.node(c, sr);
                int above = Long.numberOfTrailingZeros(fn);
                fn >>= above;
                sn >>= above;
            } else {
                sr = Hash.node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        if (sn != 0) {
            return new WrongLength(path.size());
        }
        return compare(first, fr, second, sr);
    }

    private static ProofVerdict compare(TreeHead first, Hash fr, TreeHead second, Hash sr) {
        if (!first.root().equals(fr)) {
            return new OtherRoot(first, fr);
        }
        return second.root().equals(sr) ? new Proven() : new OtherRoot(second, sr);
    }
}
