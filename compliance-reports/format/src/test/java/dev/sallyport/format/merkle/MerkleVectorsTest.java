package dev.sallyport.format.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.LogVectors;
import dev.sallyport.format.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors of an implementation in another language. */
class MerkleVectorsTest {
    private final LogVectors vectors = LogVectors.all().at("merkle");
    private final TileStore store = new TileStore();

    private CompactRange counted(long leaves) {
        var range = new CompactRange();
        for (long i = 0; i < leaves; i++) {
            range.append(Hash.leaf(("leaf " + i).getBytes(StandardCharsets.US_ASCII)), store);
        }
        return range;
    }

    private static List<Hash> path(LogVectors vector) {
        return vector.texts("path").stream().map(Hash::parse).toList();
    }

    @Test
    void roots_ofTheKnownLeaves_areThosePublishedForCertificateTransparency() {
        var range = new CompactRange();
        var roots = new ArrayList<String>();
        roots.add(range.head().root().toString());
        for (String leaf : vectors.at("known").texts("leaves")) {
            range.append(Hash.leaf(HexFormat.of().parseHex(leaf)), NodeSink.NONE);
            roots.add(range.head().root().toString());
        }
        assertThat(roots).isEqualTo(vectors.at("known").texts("roots"));
        assertThat(roots)
                .startsWith(
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
                .endsWith("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    @Test
    void roots_areTheVectors() {
        for (LogVectors root : vectors.list("roots")) {
            assertThat(counted(root.number("size")).head().root()).hasToString(root.text("root"));
        }
    }

    @Test
    void proofs_areTheVectorsAndHold() {
        counted(1000);
        for (LogVectors v : vectors.list("inclusion")) {
            var tiles = new TileHashes(v.number("size"), store);
            InclusionProof proof = InclusionProof.of(v.number("index"), v.number("size"), tiles);
            assertThat(proof.path()).isEqualTo(path(v));
        }
        for (LogVectors v : vectors.list("consistency")) {
            var tiles = new TileHashes(v.number("second"), store);
            TreeHead first = TreeHead.of(v.number("first"), tiles);
            TreeHead second = TreeHead.of(v.number("second"), tiles);
            assertThat(ConsistencyProof.of(first.size(), second.size(), tiles).path())
                    .isEqualTo(path(v));
            assertThat(new ConsistencyProof(path(v)).verify(first, second).holds())
                    .isTrue();
        }
    }

    @Test
    void state_isTheVector() {
        assertThat(counted(13).encode())
                .isEqualTo(HexFormat.of().parseHex(vectors.at("state").text("bytes")));
    }

    @Test
    void tiles_areTheVectors() {
        LogVectors tiled = vectors.at("tiled");
        long size = tiled.number("size");
        assertThat(counted(size).head().root()).hasToString(tiled.text("root"));
        for (Tile tile : List.of(
                new Tile(0, 0, 256),
                new Tile(0, 272, 256),
                new Tile(0, 273, 112),
                new Tile(1, 0, 256),
                new Tile(1, 1, 17),
                new Tile(2, 0, 1))) {
            LogVectors vector = tiled.list("tiles").stream()
                    .filter(v -> v.text("path").equals(tile.path()))
                    .findFirst()
                    .orElseThrow();
            assertThat(Sha256.hex(store.read(List.of(tile)).getFirst())).isEqualTo(vector.text("sha256"));
        }
        assertThat(tiled.list("tiles")).hasSize(6);
    }
}
