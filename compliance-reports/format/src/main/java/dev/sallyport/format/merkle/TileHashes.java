package dev.sallyport.format.merkle;

import dev.sallyport.format.FormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The hashes of a tree that is stored as tiles; the levels between those of the tiles are hashed again. */
public final class TileHashes implements HashSource {
    private final long size;
    private final TileSource source;

    /**
     * Reads the tree of this size.
     *
     * @param size at most that of the stored tree
     */
    public TileHashes(long size, TileSource source) {
        this.size = size;
        this.source = source;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a node is not full in the tree
     * @throws FormatException if a tile has not the hashes that it should have
     */
    @Override
    public List<Hash> read(List<Node> nodes) {
        var places = new LinkedHashSet<Tile>();
        nodes.forEach(node -> places.add(Tile.holding(node, size)));
        List<Tile> tiles = List.copyOf(places);
        List<byte[]> read = source.read(tiles);
        if (read.size() != tiles.size()) {
            throw new IllegalStateException("the source gave " + read.size() + " tiles for " + tiles.size());
        }
        Map<Tile, byte[]> bytes = new HashMap<>();
        for (int i = 0; i < tiles.size(); i++) {
            bytes.put(tiles.get(i), checked(tiles.get(i), read.get(i)));
        }
        return nodes.stream()
                .map(node -> hash(node, Objects.requireNonNull(bytes.get(Tile.holding(node, size)))))
                .toList();
    }

    private static byte[] checked(Tile tile, byte[] bytes) {
        if (bytes.length % Hash.BYTES != 0
                || bytes.length < tile.width() * Hash.BYTES
                || bytes.length > Tile.WIDTH * Hash.BYTES) {
            throw new FormatException(tile.path() + " has " + bytes.length + " bytes");
        }
        return bytes;
    }

    private static Hash hash(Node node, byte[] tile) {
        int height = node.level() % Tile.HEIGHT;
        int first = (int) ((node.index() << height) & (Tile.WIDTH - 1));
        var hashes = new ArrayList<Hash>(1 << height);
        for (int i = first; i < first + (1 << height); i++) {
            hashes.add(Hash.at(tile, i * Hash.BYTES, (i + 1) * Hash.BYTES));
        }
        while (hashes.size() > 1) {
            for (int i = 0; i < hashes.size() / 2; i++) {
                hashes.set(i, Hash.node(hashes.get(2 * i), hashes.get(2 * i + 1)));
            }
            hashes.subList(hashes.size() / 2, hashes.size()).clear();
        }
        return hashes.getFirst();
    }
}
