package dev.sallyport.ledger.tree;

import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.Tile;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tiles that a round writes: new ones, and hashes added to those that are there. */
final class TileRows {
    private static final String INSERT = """
            INSERT INTO tiles (tenant, level, tile, hashes) \
            SELECT * FROM UNNEST(?::text[], ?::bigint[], ?::bigint[], ?::bytea[])""";
    private static final String GROW = """
            UPDATE tiles t SET hashes = t.hashes || g.hashes \
            FROM UNNEST(?::text[], ?::bigint[], ?::bigint[], ?::bytea[], ?::bigint[]) \
            AS g (tenant, level, tile, hashes, width) \
            WHERE t.tenant = g.tenant AND t.level = g.level AND t.tile = g.tile AND octet_length(t.hashes) = 32 * g.width""";

    private final Map<Place, Growth> growths = new LinkedHashMap<>();

    private record Place(String tree, int level, long tile) {}

    private record Growth(Place place, int width, ByteArrayOutputStream hashes) {}

    /** Adds a full tile of level 0. */
    void full(String tree, long tile, List<Hash> hashes) {
        Growth growth = growth(new Place(tree, 0, tile), 0);
        hashes.forEach(hash -> growth.hashes.writeBytes(hash.bytes()));
    }

    /** Adds a hash of a higher tile level; those of a tile come in order. */
    void above(String tree, int level, long index, Hash hash) {
        growth(new Place(tree, level, index >> Tile.HEIGHT), (int) (index & (Tile.WIDTH - 1)))
                .hashes
                .writeBytes(hash.bytes());
    }

    private Growth growth(Place place, int width) {
        return growths.computeIfAbsent(place, made -> new Growth(made, width, new ByteArrayOutputStream()));
    }

    /** @throws LogException if a tile is not as wide as it was left */
    void write(Sql sql) throws SQLException {
        List<Growth> fresh = growths.values().stream().filter(g -> g.width == 0).toList();
        List<Growth> grown = growths.values().stream().filter(g -> g.width > 0).toList();
        if (!fresh.isEmpty()) {
            sql.update(INSERT, parameters(fresh).toArray());
        }
        if (!grown.isEmpty()) {
            List<Object> parameters = parameters(grown);
            parameters.add(grown.stream().map(g -> (long) g.width).toArray(Long[]::new));
            if (sql.update(GROW, parameters.toArray()) != grown.size()) {
                throw LogException.refused("a tile of " + LogEntries.name(grown.getFirst().place.tree)
                        + " or another that grew is not as it was written");
            }
        }
    }

    private static List<Object> parameters(List<Growth> growths) {
        var parameters = new ArrayList<>();
        parameters.add(growths.stream().map(g -> g.place.tree).toArray(String[]::new));
        parameters.add(growths.stream().map(g -> (long) g.place.level).toArray(Long[]::new));
        parameters.add(growths.stream().map(g -> g.place.tile).toArray(Long[]::new));
        parameters.add(growths.stream().map(g -> g.hashes.toByteArray()).toArray(byte[][]::new));
        return parameters;
    }
}
