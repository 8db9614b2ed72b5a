package dev.sallyport.format.merkle;

import java.util.List;

/** Where tiles are read. A proof asks once, for all that it needs. */
@FunctionalInterface
public interface TileSource {
    /**
     * Returns the bytes of these tiles, in their order: the hashes one after the other. A tile that has become wider
     * since may be given as it is now.
     */
    List<byte[]> read(List<Tile> tiles);
}
