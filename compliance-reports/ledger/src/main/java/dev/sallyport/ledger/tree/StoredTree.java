package dev.sallyport.ledger.tree;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.HashSource;
import dev.sallyport.format.merkle.Node;
import dev.sallyport.format.merkle.Tile;
import dev.sallyport.format.merkle.TileHashes;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The hashes of a stored tree, from its tiles in one query; the hashes of level 0 whose tile is not full are those of
 * the last entries. What a proof costs depends on its length, not on the tree's size.
 */
final class StoredTree implements HashSource {
    private static final String TILES = """
            SELECT t.level, t.tile, t.hashes FROM UNNEST(?::bigint[], ?::bigint[]) AS w (level, tile) \
            JOIN tiles t ON t.tenant = ? AND t.level = w.level AND t.tile = w.tile""";

    private final Sql sql;
    private final String tree;
    private final TileHashes hashes;

    private record Place(int level, long index) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(Place place, byte[] hashes) {}

    /**
     * Reads a tree.
     *
     * @param tree the tenant, or the empty text for the platform log
     * @param size at most the size that the tree has
     */
    StoredTree(Sql sql, String tree, long size) {
        this.sql = sql;
        this.tree = tree;
        this.hashes = new TileHashes(size, this::tiles);
    }

    /** @throws LogException if it cannot be read, or what is stored is no tree of this size */
    @Override
    public List<Hash> read(List<Node> nodes) {
        try {
            return hashes.read(nodes);
        } catch (FormatException e) {
            throw LogException.refused("a tile of " + LogEntries.name(tree) + " is not whole: " + e.getMessage());
        }
    }

    private List<byte[]> tiles(List<Tile> tiles) {
        try {
            Map<Place, byte[]> stored = stored(tiles);
            var read = new ArrayList<byte[]>();
            for (Tile tile : tiles) {
                byte[] bytes = stored.get(new Place(tile.level(), tile.index()));
                read.add(bytes == null ? fromEntries(tile) : bytes);
            }
            return read;
        } catch (SQLException e) {
            throw LogException.unavailable("reading tiles", e);
        }
    }

    private Map<Place, byte[]> stored(List<Tile> tiles) throws SQLException {
        var stored = new HashMap<Place, byte[]>();
        sql.list(
                        TILES,
                        row -> new Stored(new Place(row.getInt(1), row.getLong(2)), row.getBytes(3)),
                        tiles.stream().map(tile -> (long) tile.level()).toArray(Long[]::new),
                        tiles.stream().map(Tile::index).toArray(Long[]::new),
                        tree)
                .forEach(tile -> stored.put(tile.place, tile.hashes));
        return stored;
    }

    private byte[] fromEntries(Tile tile) throws SQLException {
        if (tile.level() > 0) {
            throw LogException.refused(tile.path() + " of " + LogEntries.name(tree) + " is missing");
        }
        long first = tile.index() << Tile.HEIGHT;
        var bytes = new ByteArrayOutputStream();
        new LogEntries(sql).leaves(tree, first, first + tile.width()).forEach(leaf -> bytes.writeBytes(leaf.bytes()));
        return bytes.toByteArray();
    }
}
