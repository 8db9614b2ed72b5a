package dev.sallyport.format.log;

import dev.sallyport.format.LogVectors;
import dev.sallyport.format.TestKeys;
import dev.sallyport.format.merkle.CompactRange;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.InclusionProof;
import dev.sallyport.format.merkle.MemoryTree;
import dev.sallyport.format.merkle.NodeSink;
import dev.sallyport.format.merkle.TreeHead;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The log of the vectors, made by the code under test. */
final class Logs {
    static final LogVectors VECTORS = LogVectors.all().at("log");

    private Logs() {}

    static LogSigner signer(String name) {
        VerifierKey key = key(name);
        return new LogSigner(key.name(), TestKeys.of(VECTORS.at("seeds").text(name), key.key()));
    }

    static VerifierKey key(String name) {
        return VerifierKey.parse(VECTORS.at("vkeys").text(name));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static TreeHead head(List<Hash> leaves) {
        var range = new CompactRange();
        leaves.forEach(leaf -> range.append(leaf, NodeSink.NONE));
        return range.head();
    }

    static List<RoundLeaf> leaves() {
        List<Hash> entries = VECTORS.list("envelopes").stream()
                .map(e -> Hash.leaf(utf8(e.text("bytes"))))
                .toList();
        return List.of(
                new RoundLeaf("acme", head(entries)),
                new RoundLeaf("beta-2", head(entries.subList(0, 3))),
                new RoundLeaf("platform", head(entries.subList(0, 1))));
    }

    static List<RoundEntry> entries() {
        long at = 1_763_890_200_123_456L;
        int[] tenants = {1, 2, 2, 3, 3};
        return java.util.stream.IntStream.range(0, 5)
                .mapToObj(i -> new RoundTree(leaves().subList(0, tenants[i])).entry(i, at + 1000L * i))
                .toList();
    }

    static Checkpoint checkpoint() {
        return new Checkpoint(
                VECTORS.text("origin"),
                head(entries().stream().map(RoundEntry::leaf).toList()));
    }

    static TenantCheckpoint tenant(String tenant, SignedNote note) {
        List<RoundEntry> entries = entries();
        InclusionProof inLog =
                new MemoryTree(entries.stream().map(RoundEntry::leaf).toList()).inclusion(4);
        RoundLeaf leaf = leaves().stream()
                .filter(l -> l.tenant().equals(tenant))
                .findFirst()
                .orElseThrow();
        return new TenantCheckpoint(
                leaf, new RoundTree(leaves()).inclusion(tenant), entries.get(4), inLog.path(), note);
    }
}
