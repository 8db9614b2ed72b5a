package dev.sallyport.format.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.Hostile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every single bit of every proof in trees of these sizes. A size is fixed by what authenticates the head: a path of
 * the same shape fits another size too, and only such a one is not refused here.
 */
class TamperedProofTest {
    private final ReferenceTree reference = ReferenceTree.counted(40);

    private static void eachFlip(Hash hash, Consumer<Hash> with) {
        for (int bit = 0; bit < 256; bit++) {
            with.accept(Hash.of(Hostile.flip(hash.bytes(), bit)));
        }
    }

    private static void eachFlip(List<Hash> path, Consumer<List<Hash>> with) {
        for (int i = 0; i < path.size(); i++) {
            int place = i;
            eachFlip(path.get(i), flipped -> {
                var changed = new ArrayList<>(path);
                changed.set(place, flipped);
                with.accept(changed);
            });
            var shorter = new ArrayList<>(path);
            shorter.remove(i);
            with.accept(shorter);
            var longer = new ArrayList<>(path);
            longer.add(i, path.get(i));
            with.accept(longer);
        }
        var longer = new ArrayList<>(path);
        longer.add(Hash.EMPTY_TREE);
        with.accept(longer);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33})
    void inclusion_withAnyBitChanged_isRefused(int size) {
        TreeHead head = reference.head(size);
        for (int index = 0; index < size; index++) {
            Hash leaf = reference.leaf(index);
            var proof = new InclusionProof(index, reference.path(index, size));
            int place = index;
            eachFlip(
                    proof.path(),
                    path -> assertThat(new InclusionProof(place, path)
                                    .verify(leaf, head)
                                    .holds())
                            .isFalse());
            eachFlip(
                    leaf, other -> assertThat(proof.verify(other, head).holds()).isFalse());
            eachFlip(
                    head.root(),
                    other -> assertThat(proof.verify(leaf, new TreeHead(size, other))
                                    .holds())
                            .isFalse());
            for (int bit = 0; bit < 64; bit++) {
                var moved = new InclusionProof(index ^ (1L << bit), proof.path());
                assertThat(moved.verify(leaf, head).holds()).isFalse();
                long other = size ^ (1L << bit);
                boolean same = other > index
                        && other <= TreeHead.MAX_SIZE
                        && ReferenceTree.shape(index, other).equals(ReferenceTree.shape(index, size));
                assertThat(proof.verify(leaf, new TreeHead(other, head.root())).holds())
                        .isEqualTo(same);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33})
    void consistency_withAnyBitChanged_isRefused(int size) {
        TreeHead second = reference.head(size);
        for (int older = 0; older <= size; older++) {
            TreeHead first = reference.head(older);
            var proof = new ConsistencyProof(older == 0 ? List.of() : reference.proof(older, size));
            boolean bound = older > 0;
            eachFlip(
                    proof.path(),
                    path -> assertThat(new ConsistencyProof(path)
                                    .verify(first, second)
                                    .holds())
                            .isFalse());
            eachFlip(
                    first.root(),
                    other -> assertThat(proof.verify(new TreeHead(first.size(), other), second)
                                    .holds())
                            .isFalse());
            eachFlip(
                    second.root(),
                    other -> assertThat(proof.verify(first, new TreeHead(size, other))
                                    .holds())
                            .isEqualTo(!bound));
            for (int bit = 0; bit < 64 && bound; bit++) {
                assertSize(proof, first, second, older ^ (1L << bit), size);
                assertSize(proof, first, second, older, size ^ (1L << bit));
            }
        }
    }

    private static void assertSize(ConsistencyProof proof, TreeHead first, TreeHead second, long older, long newer) {
        boolean same = older > 0
                && older <= newer
                && newer <= TreeHead.MAX_SIZE
                && ReferenceTree.shape(older, newer, true)
                        .equals(ReferenceTree.shape(first.size(), second.size(), true))
                && (Long.bitCount(older) == 1) == (Long.bitCount(first.size()) == 1);
        assertThat(proof.verify(new TreeHead(older, first.root()), new TreeHead(newer, second.root()))
                        .holds())
                .isEqualTo(same);
    }
}
