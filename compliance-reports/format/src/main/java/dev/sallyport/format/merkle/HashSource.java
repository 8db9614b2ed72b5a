package dev.sallyport.format.merkle;

import java.util.List;

/**
 * Where the hashes of a tree are read. Proofs and roots ask once, for all that they need, which is at most
 * 2·log2(n) nodes, so that a database can answer in one query.
 */
@FunctionalInterface
public interface HashSource {
    /**
     * Returns the hashes of these nodes, in their order.
     *
     * @param nodes full nodes of the tree
     */
    List<Hash> read(List<Node> nodes);
}
