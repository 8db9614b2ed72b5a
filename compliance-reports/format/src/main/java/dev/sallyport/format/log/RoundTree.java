package dev.sallyport.format.log;

import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.InclusionProof;
import dev.sallyport.format.merkle.MemoryTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree over all tenants' trees in one round, sorted by tenant. Whoever has all its leaves sees by building it that
 * each tenant stands in it once. Immutable.
 */
public final class RoundTree {
    private final MemoryTree tree;
    private final Map<String, Integer> places = new HashMap<>();

    /**
     * Makes the tree.
     *
     * @param leaves at least one, strictly ascending by the bytes of the tenants' names
     * @throws IllegalArgumentException if there is none or they do not ascend
     */
    public RoundTree(List<RoundLeaf> leaves) {
        var hashes = new ArrayList<Hash>();
        String before = "";
        for (RoundLeaf leaf : leaves) {
            if (leaf.tenant().compareTo(before) <= 0) {
                throw new IllegalArgumentException("a round's leaves ascend by tenant, each once");
            }
            before = leaf.tenant();
            places.put(before, hashes.size());
            hashes.add(leaf.leaf());
        }
        if (hashes.isEmpty()) {
            throw new IllegalArgumentException("a round has a leaf");
        }
        tree = new MemoryTree(hashes);
    }

    /** Returns the entry of the platform log for this round. */
    public RoundEntry entry(long index, long sequencedAt) {
        return new RoundEntry(
                index, sequencedAt, tree.head().size(), tree.head().root());
    }

    /**
     * Returns the path of a tenant's leaf.
     *
     * @throws IllegalArgumentException if the round has no such tenant
     */
    public InclusionProof inclusion(String tenant) {
        Integer place = places.get(tenant);
        if (place == null) {
            throw new IllegalArgumentException("the round has no tenant of this name");
        }
        return tree.inclusion(place);
    }
}
