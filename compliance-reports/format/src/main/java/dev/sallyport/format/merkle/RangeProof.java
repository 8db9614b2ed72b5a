package dev.sallyport.format.merkle;

import dev.sallyport.format.FormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * A proof that some consecutive leaves are those of a tree: the hashes of the full nodes before and after them. Whoever
 * has the leaves computes the root; each leaf's place is shown with it.
 *
 * @param from the index of the first leaf, from 0
 * @param to the index after the last, at least {@code from}, at most {@link TreeHead#MAX_SIZE}
 * @param left the full nodes over the leaves before, from left to right, one for each 1 in {@code from}; copied
 * @param right the full nodes over the leaves after, from left to right, each the largest that begins where the one
 *     before it ends; copied
 */
public record RangeProof(long from, long to, List<Hash> left, List<Hash> right) {
    /** @throws FormatException if a bound is broken or {@code left} has not as many hashes as {@code from} asks */
    public RangeProof {
        if (from < 0 || from > to || to > TreeHead.MAX_SIZE) {
            throw new FormatException("a range is from 0 up to at most 2^62, its beginning not above its end");
        }
        if (left.size() != Long.bitCount(from)) {
            throw new FormatException("a range has a hash on the left for each 1 in its beginning");
        }
        left = List.copyOf(left);
        right = List.copyOf(right);
    }

    /**
     * Computes the proof for a stored tree.
     *
     * @param from from 0
     * @param to from {@code from}
     * @param size the tree's, at least {@code to}
     * @param source of a tree of at least that size
     * @throws IllegalArgumentException if one is out of bounds
     */
    public static RangeProof of(long from, long to, long size, HashSource source) {
        if (from < 0 || from > to || to > size || size > TreeHead.MAX_SIZE) {
            throw new IllegalArgumentException("no range from " + from + " to " + to + " in a tree of size " + size);
        }
        var nodes = new ArrayList<>(new Range(0, from).nodes());
        int before = nodes.size();
        nodes.addAll(after(to, size));
        List<Hash> read = nodes.isEmpty() ? List.of() : Range.read(nodes, source);
        return new RangeProof(from, to, read.subList(0, before), read.subList(before, read.size()));
    }

    /** Returns the tree before the range, to which its leaves are appended one after the other. */
    public CompactRange begin() {
        return new CompactRange(from, left);
    }

    /**
     * Returns the head of the whole tree.
     *
     * @param range {@link #begin()} with the range's leaves appended; it is used up
     * @param size the tree's
     * @throws FormatException if the leaves are not as many as the range has, or {@code right} has not as many hashes as
     *     the size asks
     */
    public TreeHead complete(CompactRange range, long size) {
        if (range.size() != to) {
            throw new FormatException("the range ends at " + to + ", its leaves at " + range.size());
        }
        List<Node> nodes = size < to || size > TreeHead.MAX_SIZE ? List.of() : after(to, size);
        if (size < to || size > TreeHead.MAX_SIZE || nodes.size() != right.size()) {
            throw new FormatException("a range has the hashes on the right that its end and the tree's size ask");
        }
        for (int i = 0; i < nodes.size(); i++) {
            range.append(nodes.get(i).level(), right.get(i), NodeSink.NONE);
        }
        return range.head();
    }

    /** The full nodes from an index up to the tree's size. */
    private static List<Node> after(long to, long size) {
        var nodes = new ArrayList<Node>();
        for (long at = to; at < size; ) {
            int most = 63 - Long.numberOfLeadingZeros(size - at);
            int level = Math.min(most, Long.numberOfTrailingZeros(at));
            nodes.add(new Node(level, at >> level));
            at += 1L << level;
        }
        return nodes;
    }
}
