package dev.sallyport.format.merkle;

import java.util.List;

/**
 * A tree of a certain size. The two belong together: a proof alone does not fix the size, since trees of different
 * sizes can have the same path, so size and root must come from one authenticated source.
 *
 * @param size how many leaves it has; any value may be held, and out of bounds nothing is proven for it
 * @param root its root
 */
public record TreeHead(long size, Hash root) {
    /** The most leaves that a tree may have, 2^62. */
    public static final long MAX_SIZE = 1L << 62;

    /** The tree without leaves. */
    public static final TreeHead EMPTY = new TreeHead(0, Hash.EMPTY_TREE);

    /**
     * Computes the head of a stored tree.
     *
     * @param size from 0 to {@link #MAX_SIZE}
     * @throws IllegalArgumentException if the size is out of bounds
     */
    public static TreeHead of(long size, HashSource source) {
        if (size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException("a tree has 0 to 2^62 leaves: " + size);
        }
        return size == 0
                ? EMPTY
                : new TreeHead(
                        size, Range.hashes(List.of(new Range(0, size)), source).getFirst());
    }

    boolean outOfBounds() {
        return size < 0 || size > MAX_SIZE;
    }
}
