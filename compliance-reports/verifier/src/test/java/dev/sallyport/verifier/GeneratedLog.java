package dev.sallyport.verifier;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Envelope;
import dev.sallyport.format.Principal;
import dev.sallyport.format.RecordBuilder;
import dev.sallyport.format.RecordKind;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.Ulid;
import dev.sallyport.format.export.Continuation;
import dev.sallyport.format.export.ExportedRange;
import dev.sallyport.format.export.Member;
import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.LogSigner;
import dev.sallyport.format.log.RoundEntry;
import dev.sallyport.format.log.RoundLeaf;
import dev.sallyport.format.log.RoundTree;
import dev.sallyport.format.log.SignedNote;
import dev.sallyport.format.log.TenantCheckpoint;
import dev.sallyport.format.merkle.CompactRange;
import dev.sallyport.format.merkle.ConsistencyProof;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.HashSource;
import dev.sallyport.format.merkle.InclusionProof;
import dev.sallyport.format.merkle.Node;
import dev.sallyport.format.merkle.NodeSink;
import dev.sallyport.format.merkle.TreeHead;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A log in memory, as an operator keeps it who may do with it what he likes. Each tenant's entries and all rounds. */
final class GeneratedLog {
    static final String ORIGIN = "log.example/sallyport";
    private static final long START = 1_795_000_000_000_000L;

    final LogSigner signer;
    private final Map<String, List<byte[]>> records = new TreeMap<>();
    private final Map<String, List<byte[]>> envelopes = new TreeMap<>();
    final List<RoundEntry> rounds = new ArrayList<>();
    private List<RoundLeaf> last = List.of();
    private long number;
    long now = START;

    GeneratedLog() {
        this(freshSigner(ORIGIN));
    }

    GeneratedLog(LogSigner signer) {
        this.signer = signer;
    }

    List<byte[]> envelopes(String tenant) {
        return envelopes.getOrDefault(tenant, List.of());
    }

    List<byte[]> records(String tenant) {
        return records.getOrDefault(tenant, List.of());
    }

    static LogSigner freshSigner(String name) {
        try {
            return new LogSigner(name, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the next record of a tenant, which happens now. */
    AuditRecord record(String tenant) {
        String id = new Ulid((now / 1_000) << 16, ++number).toString();
        Instant at = Instant.EPOCH.plusNanos(now * 1_000);
        return new RecordBuilder(
                        RecordKind.DECISION, id, tenant, at, "node-1", 1, Principal.key("key-1", "caller"), "predict")
                .effect(Effect.PERMIT)
                .build();
    }

    /** Appends records of a tenant, a millisecond apart. */
    GeneratedLog append(String tenant, int count) {
        for (int i = 0; i < count; i++) {
            now += 1_000;
            append(tenant, record(tenant).encode());
        }
        return this;
    }

    void append(String tenant, byte[] record) {
        List<byte[]> entries = envelopes.computeIfAbsent(tenant, none -> new ArrayList<>());
        entries.add(new Envelope(entries.size(), now, Sha256.hex(record)).encode());
        records.computeIfAbsent(tenant, none -> new ArrayList<>()).add(record);
    }

    /** Ends a round with the tenants' trees as they are. */
    GeneratedLog round() {
        return round(envelopes.keySet().stream()
                .map(tenant -> new RoundLeaf(tenant, head(tenant)))
                .toList());
    }

    GeneratedLog round(List<RoundLeaf> leaves) {
        now += 1_000;
        last = leaves;
        rounds.add(new RoundTree(leaves).entry(rounds.size(), now));
        return this;
    }

    List<RoundLeaf> leaves() {
        return last;
    }

    TreeHead head(String tenant) {
        return tree(envelopes(tenant)).head;
    }

    SignedNote note() {
        return new Checkpoint(ORIGIN, log().head).sign(List.of(signer));
    }

    private KeptTree log() {
        return KeptTree.of(rounds.stream().map(RoundEntry::leaf).toList());
    }

    private static KeptTree tree(List<byte[]> entries) {
        return KeptTree.of(entries.stream().map(Hash::leaf).toList());
    }

    TenantCheckpoint checkpoint(String tenant) {
        RoundEntry entry = rounds.getLast();
        RoundLeaf leaf =
                last.stream().filter(l -> l.tenant().equals(tenant)).findFirst().orElseThrow();
        InclusionProof inLog = InclusionProof.of(entry.index(), rounds.size(), log());
        return new TenantCheckpoint(leaf, new RoundTree(last).inclusion(tenant), entry, inLog.path(), note());
    }

    /** Returns the members of a package. */
    Map<Member, byte[]> members(
            String tenant, int from, int to, Collection<Long> tenantSizes, Collection<Long> logSizes) {
        KeptTree tree = tree(envelopes(tenant));
        KeptTree log = log();
        long size = checkpoint(tenant).leaf().head().size();
        var members = new EnumMap<Member, byte[]>(Member.class);
        members.put(Member.CHECKPOINT, checkpoint(tenant).encode());
        members.put(
                Member.RANGE,
                new ExportedRange(
                                tenant,
                                from,
                                to,
                                CompactRange.of(from, tree).nodes(),
                                ConsistencyProof.of(to, size, tree))
                        .encode());
        members.put(Member.ENTRIES, lines(envelopes(tenant).subList(from, to)));
        members.put(Member.RECORDS, lines(records(tenant).subList(from, to)));
        members.put(Member.ROUND, lines(last.stream().map(RoundLeaf::encode).toList()));
        var continuations = new ArrayList<byte[]>();
        for (long older : tenantSizes) {
            continuations.add(
                    new Continuation(Continuation.Tree.TENANT, older, ConsistencyProof.of(older, size, tree)).encode());
        }
        for (long older : logSizes) {
            continuations.add(
                    new Continuation(Continuation.Tree.LOG, older, ConsistencyProof.of(older, rounds.size(), log))
                            .encode());
        }
        members.put(Member.CONSISTENCY, lines(continuations));
        return members;
    }

    static byte[] lines(List<byte[]> lines) {
        var all = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            all.writeBytes(line);
            all.write('\n');
        }
        return all.toByteArray();
    }

    byte[] logKey() {
        return (signer.verifier().encode() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A tree with all its full nodes. */
    private static final class KeptTree implements HashSource, NodeSink {
        private final Map<Node, Hash> nodes = new java.util.HashMap<>();
        private TreeHead head = TreeHead.EMPTY;

        static KeptTree of(List<Hash> leaves) {
            var tree = new KeptTree();
            var range = new CompactRange();
            leaves.forEach(leaf -> range.append(leaf, tree));
            tree.head = range.head();
            return tree;
        }

        @Override
        public void take(Node node, Hash hash) {
            nodes.put(node, hash);
        }

        @Override
        public List<Hash> read(List<Node> wanted) {
            return wanted.stream().map(nodes::get).toList();
        }
    }
}
