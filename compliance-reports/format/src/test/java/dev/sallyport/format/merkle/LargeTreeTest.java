package dev.sallyport.format.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.merkle.ProofVerdict.Proven;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Trees of up to 2^62 leaves, read through tiles. */
class LargeTreeTest {
    /** A size of any magnitude, and its neighbourhood of powers of two. */
    private static Arbitrary<Long> sizes() {
        return Arbitraries.oneOf(
                Arbitraries.integers()
                        .between(0, 61)
                        .flatMap(bits -> Arbitraries.longs().between(1L << bits, 1L << (bits + 1))),
                Combinators.combine(
                                Arbitraries.integers().between(1, 62),
                                Arbitraries.longs().between(-1, 1))
                        .as((bits, by) -> Math.min((1L << bits) + by, TreeHead.MAX_SIZE)));
    }

    record Pair(long low, long high, List<Long> named) {}

    @Provide
    Arbitrary<Pair> pairs() {
        return sizes().flatMap(high -> Combinators.combine(
                        Arbitraries.longs().between(0, high - 1),
                        Arbitraries.longs().between(0, high - 1).list().ofMaxSize(4))
                .as((low, named) -> new Pair(low, high, named)));
    }

    private static final class Counted implements TileSource {
        private final ReferenceTree tree;
        int reads;
        int tiles;

        Counted(ReferenceTree tree) {
            this.tree = tree;
        }

        @Override
        public List<byte[]> read(List<Tile> wanted) {
            reads++;
            tiles += wanted.size();
            return wanted.stream().map(tree::tile).toList();
        }
    }

    @Property(tries = 300)
    void inclusion_inALargeTree_isTheReferencesFromFewTiles(@ForAll("pairs") Pair pair) {
        var reference = ReferenceTree.sparse(pair.named());
        var tiles = new Counted(reference);

        InclusionProof proof = InclusionProof.of(pair.low(), pair.high(), new TileHashes(pair.high(), tiles));

        assertThat(proof.path()).isEqualTo(reference.path(pair.low(), pair.high()));
        assertThat(proof.verify(reference.leaf(pair.low()), reference.head(pair.high())))
                .isEqualTo(new Proven());
        assertFew(tiles, pair.high());
    }

    @Property(tries = 300)
    void consistency_ofLargeTrees_isTheReferencesFromFewTiles(@ForAll("pairs") Pair pair) {
        var reference = ReferenceTree.sparse(pair.named());
        var tiles = new Counted(reference);
        long first = pair.low() + 1;

        ConsistencyProof proof = ConsistencyProof.of(first, pair.high(), new TileHashes(pair.high(), tiles));

        assertThat(proof.path()).isEqualTo(reference.proof(first, pair.high()));
        assertThat(proof.verify(reference.head(first), reference.head(pair.high())))
                .isEqualTo(new Proven());
        assertFew(tiles, pair.high());
    }

    @Property(tries = 300)
    void proofs_readFewNodesAtOnce(@ForAll("pairs") Pair pair) {
        var reference = ReferenceTree.sparse(pair.named());
        int[] read = new int[2];
        HashSource source = nodes -> {
            read[0]++;
            read[1] = nodes.size();
            return reference.nodes(nodes);
        };
        int most = 2 * (64 - Long.numberOfLeadingZeros(pair.high()));

        InclusionProof.of(pair.low(), pair.high(), source);
        assertThat(read[1]).isLessThanOrEqualTo(most);
        ConsistencyProof.of(pair.low(), pair.high(), source);
        assertThat(read[1]).isLessThanOrEqualTo(most);
        assertThat(read[0]).isLessThanOrEqualTo(2);
    }

    @Property(tries = 300)
    void range_takenUpInALargeTree_growsOn(@ForAll("pairs") Pair pair) {
        var reference = ReferenceTree.sparse(pair.named());
        long size = Math.max(0, pair.high() - 20);
        CompactRange range = CompactRange.of(size, reference::nodes);
        while (range.size() < pair.high()) {
            assertThat(CompactRange.parse(range.encode()).head()).isEqualTo(range.head());
            range.append(
                    reference.leaf(range.size()),
                    (node, hash) -> assertThat(reference.nodes(List.of(node))).containsExactly(hash));
        }
        assertThat(range.head()).isEqualTo(reference.head(pair.high()));
    }

    /** Two tiles a tile level: that of the leaf and that of the right edge. */
    private static void assertFew(Counted tiles, long size) {
        int levels = 1 + (63 - Long.numberOfLeadingZeros(size)) / Tile.HEIGHT;
        assertThat(tiles.reads).isLessThanOrEqualTo(1);
        assertThat(tiles.tiles).isLessThanOrEqualTo(2 * levels);
    }
}
