package dev.sallyport.format.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.merkle.ProofVerdict.Proven;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every tree of up to 300 leaves, every index and every pair of sizes, against the RFC's own definitions. */
class MerkleTest {
    private static final int MOST = 300;

    private final ReferenceTree reference = ReferenceTree.counted(MOST);
    private final TileStore store = new TileStore();

    private CompactRange grown(int size) {
        var range = new CompactRange();
        for (int i = 0; i < size; i++) {
            range.append(reference.leaf(i), store);
        }
        return range;
    }

    @Test
    void head_ofEverySize_isTheReferences() {
        var range = new CompactRange();
        var leaves = new ArrayList<Hash>();
        for (int size = 0; size <= MOST; size++) {
            TreeHead head = reference.head(size);
            assertThat(range.head()).isEqualTo(head);
            assertThat(new MemoryTree(leaves).head()).isEqualTo(head);
            assertThat(TreeHead.of(size, new TileHashes(size, store))).isEqualTo(head);
            range.append(reference.leaf(size % MOST), store);
            leaves.add(reference.leaf(size % MOST));
        }
    }

    @Test
    void state_writtenAndReadAtEverySize_growsOn() {
        var range = new CompactRange();
        for (int size = 0; size < MOST; size++) {
            byte[] state = range.encode();
            assertThat(state).hasSize(8 + 32 * Integer.bitCount(size));
            assertThat(CompactRange.of(size, new TileHashes(size, store)).encode())
                    .isEqualTo(state);
            range = CompactRange.parse(state);
            assertThat(range.size()).isEqualTo(size);
            range.append(reference.leaf(size), store);
        }
        assertThat(range.head()).isEqualTo(reference.head(MOST));
    }

    @Test
    void inclusion_ofEveryIndexInEverySize_isTheReferencesAndHolds() {
        grown(MOST);
        for (int size = 1; size <= MOST; size++) {
            var source = new TileHashes(size, store);
            TreeHead head = reference.head(size);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = InclusionProof.of(index, size, source);
                assertThat(proof.path()).isEqualTo(reference.path(index, size));
                assertThat(InclusionProof.length(index, size))
                        .isEqualTo(proof.path().size());
                assertThat(proof.verify(reference.leaf(index), head)).isEqualTo(new Proven());
            }
        }
    }

    @Test
    void consistency_ofEveryPair_isTheReferencesAndHolds() {
        grown(MOST);
        for (int second = 1; second <= MOST; second++) {
            var source = new TileHashes(second, store);
            for (int first = 1; first <= second; first++) {
                ConsistencyProof proof = ConsistencyProof.of(first, second, source);
                assertThat(proof.path()).isEqualTo(reference.proof(first, second));
                assertThat(proof.verify(reference.head(first), reference.head(second)))
                        .isEqualTo(new Proven());
            }
        }
    }

    @Test
    void consistency_withTheEmptyTree_hasNoHashes() {
        grown(9);
        for (int size = 0; size < 9; size++) {
            ConsistencyProof proof = ConsistencyProof.of(0, size, new TileHashes(size, store));
            assertThat(proof.path()).isEmpty();
            assertThat(proof.verify(TreeHead.EMPTY, reference.head(size)).holds())
                    .isTrue();
            assertThat(proof.verify(new TreeHead(0, reference.root(1)), reference.head(size))
                            .holds())
                    .isFalse();
            assertThat(new ConsistencyProof(List.of(reference.root(1)))
                            .verify(TreeHead.EMPTY, reference.head(size))
                            .holds())
                    .isFalse();
        }
        assertThat(store.reads).isZero();
    }

    @Test
    void memoryTree_ofEverySize_provesEachLeaf() {
        var leaves = new ArrayList<Hash>();
        for (int size = 1; size < 70; size++) {
            leaves.add(reference.leaf(size - 1));
            var tree = new MemoryTree(leaves);
            for (int i = 0; i < size; i++) {
                assertThat(tree.inclusion(i).path()).isEqualTo(reference.path(i, size));
            }
        }
    }

    @Test
    void tiles_ofAStoredTree_areThoseOfTheLayout() {
        grown(MOST);
        assertThat(store.read(List.of(new Tile(0, 0, 256), new Tile(0, 1, 44), new Tile(1, 0, 1))))
                .containsExactly(
                        reference.tile(new Tile(0, 0, 256)),
                        reference.tile(new Tile(0, 1, 44)),
                        reference.tile(new Tile(1, 0, 1)));
    }
}
