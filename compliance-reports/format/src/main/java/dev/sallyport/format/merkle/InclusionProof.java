package dev.sallyport.format.merkle;

import dev.sallyport.format.merkle.ProofVerdict.OtherRoot;
import dev.sallyport.format.merkle.ProofVerdict.OutOfBounds;
import dev.sallyport.format.merkle.ProofVerdict.Proven;
import dev.sallyport.format.merkle.ProofVerdict.WrongLength;
import java.util.List;

/**
 * A proof that a leaf stands at an index of a tree (RFC 9162, section 2.1.3).
 *
 * @param index the leaf's place, from 0; any value may be held, and out of bounds nothing is proven
 * @param path the siblings' hashes from the leaf upwards; copied
 */
public record InclusionProof(long index, List<Hash> path) {
    /** Copies the path. */
    public InclusionProof {
        path = List.copyOf(path);
    }

    /**
     * Computes the proof for a stored tree.
     *
     * @param index from 0 up to, not including, the size
     * @param size at most {@link TreeHead#MAX_SIZE}
     * @throws IllegalArgumentException if one is out of bounds
     */
    public static InclusionProof of(long index, long size, HashSource source) {
        requireBounds(index, size);
        return new InclusionProof(index, Range.hashes(Range.inclusion(index, size), source));
    }

    /**
     * Returns how many hashes the path to an index has in a tree of this size.
     *
     * @throws IllegalArgumentException if there is no such index or the size is out of bounds
     */
    public static int length(long index, long size) {
        requireBounds(index, size);
        // Up to the level where the path meets the tree's right edge it has a sibling at each level; above, one where
        // the index has a 1.
        int below = 64 - Long.numberOfLeadingZeros(index ^ (size - 1));
        return below + Long.bitCount(index >> below);
    }

    /** Checks the proof. Never throws, whatever the numbers and hashes are. */
    public ProofVerdict verify(Hash leaf, TreeHead head) {
        if (head.outOfBounds() || index < 0 || index >= head.size()) {
            return new OutOfBounds("an index is below the tree's size, which is at most 2^62");
        }
        if (path.size() != length(index, head.size())) {
            return new WrongLength(path.size());
        }
        Hash root = root(leaf, head.size());
        return root.equals(head.root()) ? new Proven() : new OtherRoot(head, root);
    }

    /**
     * Returns the root to which the path leads from a leaf: section 2.1.3.2.
     *
     * @param size the tree's size
     * @throws IllegalArgumentException if index, size and the path's length do not fit
     */
    public Hash root(Hash leaf, long size) {
        if (path.size() != length(index, size)) {
            throw new IllegalArgumentException("the path has another length than the tree's size asks");
        }
        long fn = index;
        long sn = size - 1;
        Hash root = leaf;
        for (Hash sibling : path) {
            if ((fn & 1) == 1 || fn == sn) {
                root = Hash.node(sibling, root);
                int above = Long.numberOfTrailingZeros(fn);
                fn >>= above;
                sn >>= above;
            } else {
                root = Hash.node(root, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return root;
    }

    private static void requireBounds(long index, long size) {
        if (size < 0 || size > TreeHead.MAX_SIZE || index < 0 || index >= size) {
            throw new IllegalArgumentException("no index " + index + " in a tree of size " + size);
        }
    }
}
