package dev.sallyport.format.merkle;

import dev.sallyport.format.FormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A tree to which leaves are appended: its size and the hashes of its largest full nodes from left to right, one for
 * each 1 in the size's binary form, so at most 62. Appending costs two hashes on average. Not thread-safe.
 */
public final class CompactRange {
    private final List<Hash> nodes;
    private long size;

    private CompactRange(long size, List<Hash> nodes) {
        this.size = size;
        this.nodes = new ArrayList<>(nodes);
    }

    /** Makes a tree without leaves. */
    public CompactRange() {
        this(0, List.of());
    }

    /**
     * Takes up a stored tree.
     *
     * @param size from 0 to {@link TreeHead#MAX_SIZE}
     * @throws IllegalArgumentException if the size is out of bounds
     */
    public static CompactRange of(long size, HashSource source) {
        if (size < 0 || size > TreeHead.MAX_SIZE) {
            throw new IllegalArgumentException("a tree has 0 to 2^62 leaves: " + size);
        }
        return new CompactRange(size, size == 0 ? List.of() : Range.read(new Range(0, size).nodes(), source));
    }

    /**
     * Reads the state that {@link #encode()} wrote.
     *
     * @throws FormatException if the bytes are anything else
     */
    public static CompactRange parse(byte[] state) {
        long size = state.length < Long.BYTES ? -1 : ByteBuffer.wrap(state).getLong();
        if (size < 0 || size > TreeHead.MAX_SIZE || state.length != Long.BYTES + Long.bitCount(size) * Hash.BYTES) {
            throw new FormatException("a tree's state is its size in 8 bytes and a hash for each 1 in it");
        }
        var nodes = new ArrayList<Hash>();
        for (int at = Long.BYTES; at < state.length; at += Hash.BYTES) {
            nodes.add(Hash.at(state, at, at + Hash.BYTES));
        }
        return new CompactRange(size, nodes);
    }

    /** Returns the state: the size in 8 bytes, big-endian, then the hashes from left to right. */
    public byte[] encode() {
        var state = ByteBuffer.allocate(Long.BYTES + nodes.size() * Hash.BYTES).putLong(size);
        nodes.forEach(node -> state.put(node.bytes()));
        return state.array();
    }

    /** Returns the hashes of the largest full nodes, from left to right. */
    public List<Hash> nodes() {
        return List.copyOf(nodes);
    }

    /** Returns how many leaves the tree has. */
    public long size() {
        return size;
    }

    /** Returns the tree's head. */
    public TreeHead head() {
        return nodes.isEmpty() ? TreeHead.EMPTY : new TreeHead(size, Range.fold(nodes));
    }

    /**
     * Appends a leaf.
     *
     * @param sink is given the leaf and every node that it makes full
     * @throws IllegalStateException if the tree has {@link TreeHead#MAX_SIZE} leaves
     */
    public void append(Hash leaf, NodeSink sink) {
        if (size == TreeHead.MAX_SIZE) {
            throw new IllegalStateException("a tree has at most 2^62 leaves");
        }
        Hash node = leaf;
        sink.take(new Node(0, size), node);
        int full = Long.numberOfTrailingZeros(~size);
        for (int level = 1; level <= full; level++) {
            node = Hash.node(nodes.removeLast(), node);
            sink.take(new Node(level, size >> level), node);
        }
        nodes.add(node);
        size++;
    }
}
