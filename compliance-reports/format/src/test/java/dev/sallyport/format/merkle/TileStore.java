package dev.sallyport.format.merkle;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tiles in memory, filled as a sequencer fills its own: each eighth level's nodes, appended to their tile. */
final class TileStore implements NodeSink, TileSource {
    private final Map<List<Long>, ByteArrayOutputStream> tiles = new HashMap<>();
    int reads;
    int tilesRead;

    @Override
    public void take(Node node, Hash hash) {
        if (node.level() % Tile.HEIGHT == 0) {
            tiles.computeIfAbsent(
                            List.of((long) node.level() / Tile.HEIGHT, node.index() / Tile.WIDTH),
                            place -> new ByteArrayOutputStream())
                    .writeBytes(hash.bytes());
        }
    }

    @Override
    public List<byte[]> read(List<Tile> wanted) {
        reads++;
        tilesRead += wanted.size();
        return wanted.stream()
                .map(t -> Objects.requireNonNull(tiles.get(List.of((long) t.level(), t.index())), t.path())
                        .toByteArray())
                .toList();
    }
}
