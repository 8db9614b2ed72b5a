package dev.sallyport.ledger.tree;

import dev.sallyport.format.merkle.CompactRange;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.MemoryTree;
import dev.sallyport.format.merkle.Node;
import dev.sallyport.format.merkle.Tile;
import dev.sallyport.format.merkle.TreeHead;
import java.util.ArrayList;
import java.util.List;

/** A tree that gets the leaves of a round, and the tiles that come of them. */
final class GrowingTree {
    private final String name;
    private final CompactRange range;
    private final long before;
    private final List<Hash> leaves = new ArrayList<>();
    private final List<Hash> fullTiles = new ArrayList<>();
    private final List<Above> above = new ArrayList<>();

    private record Above(int level, long index, Hash hash) {}

    /** Takes up a tree from its stored state. */
    GrowingTree(String name, byte[] state) {
        this.name = name;
        this.range = CompactRange.parse(state);
        this.before = range.size();
    }

    String name() {
        return name;
    }

    /** Returns the size before the round. */
    long before() {
        return before;
    }

    long size() {
        return range.size();
    }

    TreeHead head() {
        return range.head();
    }

    byte[] state() {
        return range.encode();
    }

    void append(Hash leaf) {
        leaves.add(leaf);
        range.append(leaf, this::keep);
    }

    private void keep(Node node, Hash hash) {
        if (node.level() == Tile.HEIGHT) {
            fullTiles.add(hash);
        }
        if (node.level() > 0 && node.level() % Tile.HEIGHT == 0) {
            above.add(new Above(node.level() / Tile.HEIGHT, node.index(), hash));
        }
    }

    /** Returns the first of the earlier leaves that are needed to fill a tile, or the size before where none are. */
    long wanted() {
        return fullTiles.isEmpty() ? before : before >> Tile.HEIGHT << Tile.HEIGHT;
    }

    /**
     * Gives the tiles of the round.
     *
     * @param earlier the leaves from {@link #wanted()} up to the size before
     * @throws LogException if those are not the leaves that the tree was grown from
     */
    void tiles(List<Hash> earlier, TileRows rows) {
        long tile = before >> Tile.HEIGHT;
        var all = new ArrayList<>(earlier);
        all.addAll(leaves);
        for (int i = 0; i < fullTiles.size(); i++) {
            List<Hash> hashes = all.subList(i * Tile.WIDTH, (i + 1) * Tile.WIDTH);
            if (!new MemoryTree(hashes).head().root().equals(fullTiles.get(i))) {
                throw LogException.refused("the entries of " + LogEntries.name(name) + " are not those of its tree");
            }
            rows.full(name, tile + i, hashes);
        }
        above.forEach(node -> rows.above(name, node.level, node.index, node.hash));
    }
}
