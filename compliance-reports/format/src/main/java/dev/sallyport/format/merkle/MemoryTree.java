package dev.sallyport.format.merkle;

import java.util.ArrayList;
import java.util.List;

/** A small tree that is held whole: a round's or a flush's. Immutable. */
public final class MemoryTree {
    private final TreeHead head;
    private final List<List<Hash>> levels = new ArrayList<>();

    /** Makes the tree over these leaves' hashes. */
    public MemoryTree(List<Hash> leaves) {
        var range = new CompactRange();
        for (Hash leaf : leaves) {
            range.append(leaf, this::keep);
        }
        head = range.head();
    }

    private void keep(Node node, Hash hash) {
        if (node.level() == levels.size()) {
            levels.add(new ArrayList<>());
        }
        levels.get(node.level()).add(hash);
    }

    /** Returns the tree's head. */
    public TreeHead head() {
        return head;
    }

    /**
     * Returns the proof for a leaf.
     *
     * @throws IllegalArgumentException if there is no leaf of this index
     */
    public InclusionProof inclusion(long index) {
        return InclusionProof.of(index, head.size(), this::read);
    }

    private List<Hash> read(List<Node> nodes) {
        return nodes.stream()
                .map(node -> levels.get(node.level()).get(Math.toIntExact(node.index())))
                .toList();
    }
}
