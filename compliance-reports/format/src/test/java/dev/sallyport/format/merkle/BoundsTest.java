package dev.sallyport.format.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.Hostile;
import dev.sallyport.format.merkle.ProofVerdict.OutOfBounds;
import dev.sallyport.format.merkle.ProofVerdict.WrongLength;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BoundsTest {
    private static final Hash ANY = Hash.leaf(new byte[0]);
    private static final HashSource NOTHING = nodes -> {
        throw new AssertionError("nothing is read");
    };

    @Provide
    Arbitrary<Long> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(-2, 70),
                Arbitraries.of(
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        TreeHead.MAX_SIZE - 1,
                        TreeHead.MAX_SIZE,
                        TreeHead.MAX_SIZE + 1));
    }

    @Property
    void verify_ofAnyNumbersAndHashes_answers(
            @ForAll("numbers") long index, @ForAll("numbers") long one, @ForAll("numbers") long other) {
        for (int hashes : new int[] {0, 1, 3, 62, 63, 64, 200}) {
            List<Hash> path = Collections.nCopies(hashes, ANY);
            var head = new TreeHead(one, ANY);
            ProofVerdict included = new InclusionProof(index, path).verify(ANY, head);
            ProofVerdict consistent = new ConsistencyProof(path).verify(head, new TreeHead(other, ANY));
            if (one < 0 || one > TreeHead.MAX_SIZE) {
                assertThat(included).isInstanceOf(OutOfBounds.class);
                assertThat(consistent).isInstanceOf(OutOfBounds.class);
            }
            if (hashes > 63) {
                assertThat(included).isInstanceOfAny(OutOfBounds.class, WrongLength.class);
                assertThat(consistent).isInstanceOfAny(OutOfBounds.class, WrongLength.class);
            }
        }
    }

    @Test
    void proof_outOfBounds_isNotComputed() {
        for (long size : new long[] {-1, 0, 5, TreeHead.MAX_SIZE + 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> InclusionProof.of(Math.max(size, 0), size, NOTHING))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> InclusionProof.of(-1, size, NOTHING)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ConsistencyProof.of(7, size > 7 ? size : Math.min(size, 6), NOTHING))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> TreeHead.of(TreeHead.MAX_SIZE + 1, NOTHING))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CompactRange.of(-1, NOTHING)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void append_toTheLargestTree_isRefused() {
        var full = CompactRange.of(TreeHead.MAX_SIZE, nodes -> List.of(ANY));
        assertThatThrownBy(() -> full.append(ANY, NodeSink.NONE)).isInstanceOf(IllegalStateException.class);

        var almost = CompactRange.of(TreeHead.MAX_SIZE - 1, nodes -> Collections.nCopies(nodes.size(), ANY));
        almost.append(ANY, NodeSink.NONE);
        assertThat(almost.size()).isEqualTo(TreeHead.MAX_SIZE);
    }

    @Test
    void nodesAndTiles_thatNoTreeHas_areRefused() {
        assertThat(new Node(62, 0).fullIn(TreeHead.MAX_SIZE)).isTrue();
        assertThat(Tile.holding(new Node(62, 0), TreeHead.MAX_SIZE)).isEqualTo(new Tile(7, 0, 64));
        for (int level : new int[] {-1, 0, 62, 63, 64}) {
            assertThatThrownBy(() -> new Node(level, level == 0 ? TreeHead.MAX_SIZE : 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Tile.holding(new Node(1, 0), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tile(0, 0, 257)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tile(8, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tile_named_hasThePathOfTheSpecification() {
        assertThat(new Tile(0, 1_234_067, 256).path()).isEqualTo("tile/0/x001/x234/067");
        assertThat(new Tile(1, 1, 17).path()).isEqualTo("tile/1/001.p/17");
        assertThat(new Tile(2, 0, 1).path()).isEqualTo("tile/2/000.p/1");
    }

    @Test
    void tile_ofAnotherLength_isRefused() {
        for (int length : new int[] {0, 31, 32 * 4, 32 * 5 - 1, 32 * 5 + 1, 32 * 257}) {
            assertThatThrownBy(() -> TreeHead.of(5, new TileHashes(5, tiles -> List.of(new byte[length]))))
                    .isInstanceOf(FormatException.class);
        }
        assertThat(TreeHead.of(5, new TileHashes(5, tiles -> List.of(new byte[32 * 256]))))
                .isEqualTo(TreeHead.of(5, new TileHashes(5, tiles -> List.of(new byte[32 * 5]))));
    }

    @Provide
    Arbitrary<byte[]> states() {
        var range = new CompactRange();
        for (int i = 0; i < 13; i++) {
            range.append(Hash.leaf(new byte[] {(byte) i}), NodeSink.NONE);
        }
        return Hostile.around(range.encode());
    }

    @Property
    void state_ofAnyBytes_isReadExactlyOrRefused(@ForAll("states") byte[] bytes) {
        try {
            assertThat(CompactRange.parse(bytes).encode()).isEqualTo(bytes);
        } catch (FormatException refused) {
            assertThat(refused).hasMessageContaining("state");
        }
    }

    @Test
    void state_ofASizeOutOfBounds_isRefused() {
        for (long size : new long[] {-1, TreeHead.MAX_SIZE + 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            byte[] state = ByteBuffer.allocate(8 + 32 * Long.bitCount(size))
                    .putLong(size)
                    .array();
            assertThatThrownBy(() -> CompactRange.parse(state)).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void hash_ofAnotherForm_isRefused() {
        assertThat(Hash.parse(ANY.toString())).isEqualTo(ANY).hasSameHashCodeAs(ANY);
        for (String text :
                new String[] {"", "00", ANY.toString().toUpperCase(java.util.Locale.ROOT), "zz".repeat(32)}) {
            assertThatThrownBy(() -> Hash.parse(text)).isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> Hash.of(new byte[31])).isInstanceOf(FormatException.class);
    }
}
