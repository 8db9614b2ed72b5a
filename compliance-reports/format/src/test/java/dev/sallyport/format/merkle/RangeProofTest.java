package dev.sallyport.format.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.format.FormatException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every range of every tree of up to 70 leaves; some ranges of the largest tree. */
class RangeProofTest {
    private static final int MOST = 70;

    private final ReferenceTree reference = ReferenceTree.counted(MOST);

    private TreeHead whole(RangeProof proof, long size) {
        CompactRange range = proof.begin();
        for (long i = proof.from(); i < proof.to(); i++) {
            range.append(reference.leaf(i), NodeSink.NONE);
        }
        return proof.complete(range, size);
    }

    @Test
    void range_ofEverySize_leadsToTheReferencesRoot() {
        for (int size = 0; size <= MOST; size++) {
            for (int from = 0; from <= size; from++) {
                for (int to = from; to <= size; to++) {
                    RangeProof proof = RangeProof.of(from, to, size, reference::nodes);
                    assertThat(proof.left()).hasSize(Integer.bitCount(from));
                    assertThat(whole(proof, size)).isEqualTo(reference.head(size));
                }
            }
        }
    }

    @Test
    void range_ofTheLargestTree_leadsToItsRoot() {
        long size = TreeHead.MAX_SIZE;
        ReferenceTree tree = ReferenceTree.sparse(List.of(5L));
        for (long from : new long[] {0, 3, 5, size - 3, size}) {
            long to = Math.min(from + 4, size);
            RangeProof proof = RangeProof.of(from, to, size, tree::nodes);
            CompactRange range = proof.begin();
            for (long i = from; i < to; i++) {
                range.append(tree.leaf(i), NodeSink.NONE);
            }
            assertThat(proof.complete(range, size)).isEqualTo(tree.head(size));
        }
    }

    @Test
    void range_withOneHashOrLeafChanged_leadsElsewhere() {
        int size = 27;
        RangeProof proof = RangeProof.of(6, 11, size, reference::nodes);
        for (int i = 0; i < proof.left().size(); i++) {
            var other = new RangeProof(6, 11, changed(proof.left(), i), proof.right());
            assertThat(whole(other, size)).isNotEqualTo(reference.head(size));
        }
        for (int i = 0; i < proof.right().size(); i++) {
            var other = new RangeProof(6, 11, proof.left(), changed(proof.right(), i));
            assertThat(whole(other, size)).isNotEqualTo(reference.head(size));
        }
        CompactRange swapped = proof.begin();
        for (int leaf : new int[] {6, 8, 7, 9, 10}) {
            swapped.append(reference.leaf(leaf), NodeSink.NONE);
        }
        assertThat(proof.complete(swapped, size)).isNotEqualTo(reference.head(size));
    }

    private static List<Hash> changed(List<Hash> hashes, int place) {
        var changed = new ArrayList<>(hashes);
        changed.set(place, Hash.EMPTY_TREE);
        return changed;
    }

    @Test
    void range_ofAnotherShape_isRefused() {
        RangeProof proof = RangeProof.of(6, 11, 27, reference::nodes);
        for (long size : new long[] {-1, 0, 10, 26, 28, TreeHead.MAX_SIZE + 1, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> whole(proof, size)).isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> proof.complete(proof.begin(), 27)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> new RangeProof(7, 11, proof.left(), proof.right()))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> new RangeProof(-1, 1, List.of(), List.of())).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> new RangeProof(2, 1, List.of(), List.of())).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> RangeProof.of(2, 5, 4, reference::nodes)).isInstanceOf(IllegalArgumentException.class);
    }
}
