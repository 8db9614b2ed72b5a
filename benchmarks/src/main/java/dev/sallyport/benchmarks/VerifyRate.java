package dev.sallyport.benchmarks;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Charge;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Envelope;
import dev.sallyport.format.Epochs;
import dev.sallyport.format.Facts;
import dev.sallyport.format.ModelRef;
import dev.sallyport.format.Principal;
import dev.sallyport.format.RecordBuilder;
import dev.sallyport.format.RecordKind;
import dev.sallyport.format.RuleRef;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.Ulid;
import dev.sallyport.format.export.ExportedRange;
import dev.sallyport.format.export.Member;
import dev.sallyport.format.export.PackageWriter;
import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.LogSigner;
import dev.sallyport.format.log.RoundEntry;
import dev.sallyport.format.log.RoundLeaf;
import dev.sallyport.format.log.RoundTree;
import dev.sallyport.format.log.TenantCheckpoint;
import dev.sallyport.format.merkle.CompactRange;
import dev.sallyport.format.merkle.ConsistencyProof;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.NodeSink;
import dev.sallyport.format.merkle.TreeHead;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The offline verifier on a package of a whole log with records of a usual answer: a process of its own each time, from
 * its start to its end, with a small heap.
 */
final class VerifyRate {
    private static final String TENANT = "acme";
    private static final String ORIGIN = "log.example/bench";
    private static final long START = 1_795_000_000_000_000L;
    private static final int RUNS = 4;
    private static final Principal KEY = Principal.key("01K9ZA0000KEY0000000000001", "caller");
    private static final String POLICY = Sha256.hex(new byte[] {1});
    private static final ModelRef MODEL =
            new ModelRef("platform", "credit-score", "1", Sha256.hex(new byte[] {2}), null);

    private VerifyRate() {}

    /**
     * Prints a line a run.
     *
     * @param args an empty directory; how many entries; the verifier's jar
     */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Path file = directory.resolve("package.zip");
        Path key = directory.resolve("log.vkey");
        var signer =
                new LogSigner(ORIGIN, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        Files.writeString(key, signer.verifier().encode() + "\n");
        int count = Integer.parseInt(args[1]);
        try (OutputStream out = Files.newOutputStream(file)) {
            write(out, signer, count);
        }
        System.out.printf("%,d entries, %,d bytes%n", count, Files.size(file));
        for (int i = 0; i < RUNS; i++) {
            verify(file, key, args[2]);
        }
    }

    private static void verify(Path file, Path key, String jar) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-jar",
                        jar,
                        file.toString(),
                        "--log-key",
                        key.toString(),
                        "--core")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        double cpu = 0;
        while (process.isAlive()) {
            cpu = process.info()
                    .totalCpuDuration()
                    .map(spent -> spent.toMillis() / 1e3)
                    .orElse(cpu);
            Thread.sleep(5);
        }
        System.out.printf(
                "exit %d after %.2f s, %.2f s of CPU%n", process.exitValue(), (System.nanoTime() - began) / 1e9, cpu);
    }

    private static void write(OutputStream out, LogSigner signer, int count) throws IOException {
        var tree = new CompactRange();
        for (int i = 0; i < count; i++) {
            tree.append(Hash.leaf(envelope(i).encode()), NodeSink.NONE);
        }
        var round = new RoundTree(List.of(new RoundLeaf(TENANT, tree.head())));
        RoundEntry entry = round.entry(0, at(count));
        var note = new Checkpoint(ORIGIN, new TreeHead(1, entry.leaf())).sign(List.of(signer));
        var checkpoint = new TenantCheckpoint(
                new RoundLeaf(TENANT, tree.head()), round.inclusion(TENANT), entry, List.of(), note);
        try (var writer = new PackageWriter(out)) {
            writer.begin(checkpoint, new ExportedRange(TENANT, 0, count, List.of(), new ConsistencyProof(List.of())));
            writer.lines(Member.ENTRIES, sink -> {
                for (int i = 0; i < count; i++) {
                    sink.line(envelope(i).encode());
                }
            });
            writer.lines(Member.RECORDS, sink -> {
                for (int i = 0; i < count; i++) {
                    sink.line(record(i));
                }
            });
        }
    }

    private static long at(int index) {
        return START + index * 200L;
    }

    private static Envelope envelope(int index) {
        return new Envelope(index, at(index), Sha256.hex(record(index)));
    }

    /** The same at each call. */
    private static byte[] record(int index) {
        var random = new SplittableRandom(index);
        long millis = at(index) / 1_000;
        String id = new Ulid((millis << 16) | random.nextInt(1 << 15), random.nextLong()).toString();
        AuditRecord record = new RecordBuilder(
                        RecordKind.DECISION,
                        id,
                        TENANT,
                        Instant.EPOCH.plusNanos(at(index) * 1_000),
                        "node-1",
                        3,
                        KEY,
                        "predict")
                .effect(Effect.PERMIT)
                .epochs(new Epochs(3, 17))
                .policy(POLICY)
                .model(MODEL)
                .software("0.1.0")
                .request("req-" + index)
                .rules(List.of(new RuleRef("purposes", "tenant", "acme/tenant", POLICY, 12, List.of("GDPR-5.1.b"))))
                .controls(List.of("GDPR-5.1.b", "GDPR-5.1.c", "GDPR-30"))
                .facts(Facts.builder()
                        .purpose("credit-decision")
                        .lawfulBasis("contract")
                        .rows(1)
                        .bytes(250)
                        .fields(List.of("income", "debt", "age", "years", "loans", "late"))
                        .disclosure("topk:3")
                        .build())
                .charges(List.of(new Charge("acme|tenant|day|UTC", START, 1, null)))
                .build();
        return record.encode();
    }
}
