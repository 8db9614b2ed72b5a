package dev.sallyport.format.merkle;

/**
 * The place of a full node, one over {@code 2^level} leaves that are all there; its hash never changes again.
 *
 * @param level 0 for leaves, at most 62
 * @param index its place among the nodes of its level, from 0: it is over the leaves from {@code index·2^level} up to,
 *     not including, {@code (index + 1)·2^level}
 */
public record Node(int level, long index) {
    /** @throws IllegalArgumentException if no tree of at most 2^62 leaves has this node */
    public Node {
        if (level < 0 || level > 62 || index < 0 || index >= TreeHead.MAX_SIZE >> level) {
            throw new IllegalArgumentException("no tree of at most 2^62 leaves has the node " + level + "/" + index);
        }
    }

    /** Tells whether all the node's leaves are in a tree of this size. */
    public boolean fullIn(long size) {
        return index < size >> level;
    }
}
