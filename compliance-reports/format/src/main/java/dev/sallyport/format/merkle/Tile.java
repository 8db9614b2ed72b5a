package dev.sallyport.format.merkle;

/**
 * The place of a tile (C2SP tlog-tiles): up to 256 consecutive hashes of every eighth level of a tree, one after the
 * other. Tile {@code n} of tile level {@code t} has the nodes {@code 256·n} up to {@code 256·n + width − 1} of level
 * {@code 8·t}.
 *
 * @param level the tile level, 0 to 7
 * @param index the tile's place in its level, from 0
 * @param width how many hashes it has in the tree that is read, 1 to {@value #WIDTH}
 */
public record Tile(int level, long index, int width) {
    /** How many levels of the tree a tile spans. */
    public static final int HEIGHT = 8;

    /** How many hashes a full tile has. */
    public static final int WIDTH = 1 << HEIGHT;

    /** @throws IllegalArgumentException if no tree of at most 2^62 leaves has this tile */
    public Tile {
        if (level < 0 || level > 7 || width < 1 || width > WIDTH || index < 0) {
            throw new IllegalArgumentException("no tile " + level + "/" + index + " of width " + width);
        }
    }

    /**
     * Returns the tile from which a node is had in a tree of this size.
     *
     * @throws IllegalArgumentException if the node is not full in it
     */
    public static Tile holding(Node node, long size) {
        if (size > TreeHead.MAX_SIZE || !node.fullIn(size)) {
            throw new IllegalArgumentException("a tree of size " + size + " has no full node " + node);
        }
        int level = node.level() / HEIGHT;
        long index = (node.index() << (node.level() % HEIGHT)) >> HEIGHT;
        long hashes = (size >> (level * HEIGHT)) - (index << HEIGHT);
        return new Tile(level, index, (int) Math.min(WIDTH, hashes));
    }

    /** Returns the path of C2SP tlog-tiles: {@code tile/0/x001/x234/067}, with {@code .p/112} when it is not full. */
    public String path() {
        var path = new StringBuilder("%03d".formatted(index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x%03d/".formatted(rest % 1000));
        }
        return "tile/" + level + "/" + path + (width == WIDTH ? "" : ".p/" + width);
    }
}
