package dev.sallyport.format.merkle;

import java.util.ArrayList;
import java.util.List;

/** A small tree that is held whole: a round's or a flush's. Immutable. */
public final class MemoryTree {
    /**
     * The hashes of each level, the leaves first. The last of an odd number goes up as it is: so the last of a level is
     * the hash of whatever leaves are left, which is how RFC 9162 divides a tree (section 2.1.1).
     */
    private final List<List<Hash>> levels = new ArrayList<>();

    /** Makes the tree over these leaves' hashes. */
    public MemoryTree(List<Hash> leaves) {
        List<Hash> level = List.copyOf(leaves);
        levels.add(level);
        while (level.size() > 1) {
            level = above(level);
            levels.add(level);
        }
    }

    private static List<Hash> above(List<Hash> level) {
        var above = new ArrayList<Hash>((level.size() + 1) / 2);
        for (int left = 0; left + 1 < level.size(); left += 2) {
            above.add(Hash.node(level.get(left), level.get(left + 1)));
        }
        if (level.size() % 2 == 1) {
            above.add(level.getLast());
        }
        return above;
    }

    /** Returns the tree's head. */
    public TreeHead head() {
        List<Hash> leaves = levels.getFirst();
        return new TreeHead(
                leaves.size(),
                leaves.isEmpty() ? Hash.EMPTY_TREE : levels.getLast().getFirst());
    }

    /**
     * Returns the proof for a leaf.
     *
     * @throws IllegalArgumentException if there is no leaf of this index
     */
    public InclusionProof inclusion(long index) {
        if (index < 0 || index >= levels.getFirst().size()) {
            throw new IllegalArgumentException(
                    "no leaf " + index + " among " + levels.getFirst().size());
        }
        var path = new ArrayList<Hash>(levels.size());
        int at = Math.toIntExact(index);
        for (List<Hash> level : levels) {
            int sibling = at ^ 1;
            if (sibling < level.size()) {
                path.add(level.get(sibling));
            }
            at /= 2;
        }
        return new InclusionProof(index, path);
    }
}
