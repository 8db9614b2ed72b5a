package dev.sallyport.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.Envelope;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.export.AbsentRecord;
import dev.sallyport.format.export.Member;
import dev.sallyport.format.log.RoundLeaf;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.TreeHead;
import dev.sallyport.format.receipt.KeyCertificate;
import dev.sallyport.format.receipt.Receipt;
import dev.sallyport.format.receipt.ReceiptSigner;
import dev.sallyport.verifier.Verified.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages of a generated log, as they are and with one thing changed in each. */
class VerificationTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private final GeneratedLog log = new GeneratedLog()
            .append("acme", 7)
            .append("beta", 3)
            .round()
            .append("acme", 6)
            .round();

    private Verified verified() {
        return new Verified(folder, log.logKey());
    }

    private Map<Member, byte[]> whole() {
        return log.members("acme", 0, 13, List.of(), List.of());
    }

    private Outcome changed(Member member, Consumer<List<byte[]>> change) {
        Map<Member, byte[]> members = whole();
        var lines = new ArrayList<byte[]>();
        new String(members.get(member), StandardCharsets.UTF_8).lines().forEach(line -> lines.add(utf8(line)));
        change.accept(lines);
        members.put(member, GeneratedLog.lines(lines));
        return verified().of(members);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertBad(Outcome outcome, Code code) {
        assertThat(outcome.out()).contains(code.name());
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).doesNotContain("Exception");
    }

    @Test
    void everyRange_ofAGoodLog_isGood() {
        for (int from = 0; from <= 13; from++) {
            for (int to = from; to <= 13; to++) {
                Outcome outcome = verified().of(log.members("acme", from, to, List.of(), List.of()));
                assertThat(outcome.exit()).as(outcome.out()).isZero();
                assertThat(outcome.out()).contains("Good, self-attested.").contains("not catchable without a witness");
                for (Code code : new Code[] {
                    Code.CHECKPOINT_SIGNED,
                    Code.ENTRIES_INCLUDED,
                    Code.RANGE_COMPLETE,
                    Code.RECORDS_MATCH,
                    Code.ORDER_KEPT,
                    Code.TENANT_ONCE,
                    Code.DECISIONS_NOT_REPLAYED,
                    Code.NO_WITNESS
                }) {
                    assertThat(outcome.has(code)).as(code.name()).isTrue();
                }
            }
        }
    }

    @Test
    void entries_changed_areFound() {
        assertBad(changed(Member.ENTRIES, lines -> lines.remove(4)), Code.INDEX_DIFFERS);
        assertBad(changed(Member.ENTRIES, lines -> lines.removeLast()), Code.ENTRY_MISSING);
        assertBad(changed(Member.ENTRIES, lines -> lines.add(lines.get(12))), Code.ENTRY_SURPLUS);
        assertBad(changed(Member.ENTRIES, lines -> Collections.swap(lines, 3, 4)), Code.INDEX_DIFFERS);
        Outcome times = changed(Member.ENTRIES, lines -> {
            Envelope entry = Envelope.parse(lines.get(4));
            lines.set(4, new Envelope(4, entry.sequencedAt() - 500_000, entry.record()).encode());
        });
        assertBad(times, Code.TIME_DECREASES);
        assertBad(times, Code.ROOT_DIFFERS);
        assertBad(
                changed(Member.ENTRIES, lines -> {
                    Envelope entry = Envelope.parse(lines.get(12));
                    lines.set(12, new Envelope(12, entry.sequencedAt() + 500_000, entry.record()).encode());
                }),
                Code.TIME_AFTER_ROUND);
    }

    @Test
    void records_changed_areFound() {
        assertBad(changed(Member.RECORDS, lines -> lines.get(4)[20] ^= 1), Code.RECORD_DIFFERS);
        assertBad(changed(Member.RECORDS, lines -> Collections.swap(lines, 3, 4)), Code.RECORD_DIFFERS);
        assertBad(changed(Member.RECORDS, lines -> lines.removeLast()), Code.RECORD_MISSING);
        assertBad(changed(Member.RECORDS, lines -> lines.add(lines.get(0))), Code.PACKAGE_MALFORMED);
        assertBad(
                changed(Member.RECORDS, lines -> lines.set(4, new AbsentRecord(4, Optional.empty()).encode())),
                Code.RECORD_MISSING);
        assertBad(
                changed(Member.RECORDS, lines -> lines.set(4, new AbsentRecord(5, Optional.empty()).encode())),
                Code.PACKAGE_MALFORMED);
    }

    @Test
    void records_purged_areNamed() {
        String purge = "01K9ZA0000KEY0000000000001";
        Outcome outcome =
                changed(Member.RECORDS, lines -> lines.set(4, new AbsentRecord(4, Optional.of(purge)).encode()));
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).contains("1 records are named as purged by record " + purge + ", which is not in");
    }

    @Test
    void records_thatAreNoneOrOfOthers_areFound() {
        log.append("acme", utf8("{\"v\":1}"));
        log.append("acme", log.record("beta").encode());
        log.round();
        Outcome outcome = verified().of(log.members("acme", 0, 15, List.of(), List.of()));
        assertBad(outcome, Code.RECORD_MALFORMED);
        assertBad(outcome, Code.RECORD_OTHER_TENANT);
        assertThat(outcome.has(Code.ENTRIES_INCLUDED)).isTrue();
    }

    @Test
    void record_datedBack_isNoticed() {
        byte[] early = log.record("acme").encode();
        log.now += 3_600_000_000L;
        log.append("acme", early);
        log.round();
        Outcome outcome = verified().of(log.members("acme", 0, 14, List.of(), List.of()));
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.has(Code.RECORDED_LATE)).isTrue();
    }

    @Test
    void checkpoint_notOfTheBroughtKey_isBad() {
        var other = new Verified(folder, new GeneratedLog().logKey());
        assertBad(other.of(whole()), Code.CHECKPOINT_NOT_SIGNED);
        Map<Member, byte[]> members = whole();
        String text = new String(members.get(Member.CHECKPOINT), StandardCharsets.UTF_8);
        members.put(Member.CHECKPOINT, utf8(text.replace("sallyport\\n2\\n", "sallyport\\n3\\n")));
        assertBad(verified().of(members), Code.CHECKPOINT_BAD_SIGNATURE);
        members.put(Member.CHECKPOINT, utf8(text.replace("\"size\":13", "\"size\":14")));
        assertBad(verified().of(members), Code.TENANT_NOT_IN_ROUND);
        members.put(Member.CHECKPOINT, utf8(text.replace("\"tenants\":2", "\"tenants\":3")));
        assertBad(verified().of(members), Code.ROUND_NOT_IN_LOG);
        members.put(Member.CHECKPOINT, log.checkpoint("beta").encode());
        assertBad(verified().of(members), Code.CHECKPOINT_OTHER_TENANT);
    }

    @Test
    void round_withATenantTwice_isFound() {
        assertBad(changed(Member.ROUND, lines -> lines.set(1, lines.get(0))), Code.ROUND_DIFFERS);
        assertBad(changed(Member.ROUND, lines -> lines.removeLast()), Code.ROUND_DIFFERS);
        assertBad(
                changed(Member.ROUND, lines -> lines.add(new RoundLeaf("zeta", TreeHead.EMPTY).encode())),
                Code.ROUND_DIFFERS);
        Map<Member, byte[]> members = whole();
        members.remove(Member.ROUND);
        Outcome without = verified().of(members);
        assertThat(without.exit()).isZero();
        assertThat(without.has(Code.ROUND_NOT_CHECKED)).isTrue();
    }

    @Test
    void previousCheckpoints_ofThisLog_areContinued() {
        byte[] tenant = log.checkpoint("acme").encode();
        byte[] note = log.note().encode();
        byte[] earlier = Verified.zip(whole());
        log.append("acme", 5).round();
        Map<Member, byte[]> members = log.members("acme", 0, 18, List.of(), List.of(2L));
        Outcome good = verified()
                .with("--previous", tenant)
                .with("--previous", note)
                .with("--previous", earlier)
                .of(members);
        assertThat(good.exit()).as(good.out()).isZero();
        assertThat(good.out()).contains("Good, anchored.");

        // The range does not reach the older tree, so its proof has to be asked for.
        Map<Member, byte[]> later = log.members("acme", 15, 18, List.of(), List.of(2L));
        assertBad(verified().with("--previous", tenant).of(later), Code.PREVIOUS_NOT_SHOWN);
        later = log.members("acme", 15, 18, List.of(13L), List.of(2L));
        assertThat(verified().with("--previous", tenant).of(later).exit()).isZero();
        later = log.members("acme", 0, 18, List.of(), List.of());
        assertBad(verified().with("--previous", note).of(later), Code.PREVIOUS_NOT_SHOWN);
    }

    @Test
    void previousCheckpoints_ofAnotherHistory_areBad() {
        var fork = new GeneratedLog(log.signer)
                .append("acme", 6)
                .append("beta", 4)
                .round()
                .append("acme", 4)
                .round();
        fork.append("acme", 4).round();
        Map<Member, byte[]> members = fork.members("acme", 0, 14, List.of(), List.of(2L));
        assertThat(verified().of(members).exit()).isZero();
        assertBad(
                verified().with("--previous", log.checkpoint("acme").encode()).of(members), Code.PREVIOUS_INCONSISTENT);
        assertBad(verified().with("--previous", log.note().encode()).of(members), Code.PREVIOUS_INCONSISTENT);
        assertBad(verified().with("--previous", fork.note().encode()).of(whole()), Code.PREVIOUS_NEWER);
        assertBad(
                verified()
                        .with(
                                "--previous",
                                new GeneratedLog()
                                        .append("acme", 1)
                                        .round()
                                        .note()
                                        .encode())
                        .of(members),
                Code.PREVIOUS_NOT_SIGNED);
        assertBad(verified().with("--previous", log.checkpoint("beta").encode()).of(members), Code.PREVIOUS_NOT_SIGNED);
        assertBad(verified().with("--previous", new byte[0]).of(members), Code.PREVIOUS_NOT_SIGNED);
        assertBad(verified().with("--previous", utf8("PK")).of(members), Code.PREVIOUS_NOT_SIGNED);
    }

    @Test
    void witness_ofThisLog_isContinued() {
        byte[] seen = utf8(text(log.note().encode()) + "\n" + text(log.note().encode()));
        log.append("acme", 5).round();
        byte[] more = utf8(text(seen) + text(log.note().encode()));
        log.append("acme", 5).round();
        Outcome good = verified().with("--witness", more).of(log.members("acme", 0, 23, List.of(), List.of(2L, 3L)));
        assertThat(good.exit()).as(good.out()).isZero();
        assertThat(good.out()).contains("Good, witnessed.").doesNotContain("without a witness");
        Outcome sampled = verified().with("--witness", more).of(log.members("acme", 0, 23, List.of(), List.of(3L)));
        assertThat(sampled.exit()).as(sampled.out()).isZero();
        assertThat(sampled.has(Code.WITNESS_SAMPLED)).isTrue();
        assertBad(
                verified().with("--witness", more).of(log.members("acme", 0, 23, List.of(), List.of(2L))),
                Code.WITNESS_NOT_SHOWN);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void witness_ofAnotherHistory_isBad() {
        var fork = new GeneratedLog(log.signer)
                .append("acme", 6)
                .round()
                .append("acme", 4)
                .round()
                .append("acme", 4)
                .round();
        Map<Member, byte[]> members = fork.members("acme", 0, 14, List.of(), List.of(1L, 2L));
        assertBad(verified().with("--witness", log.note().encode()).of(members), Code.WITNESS_INCONSISTENT);
        assertBad(verified().with("--witness", fork.note().encode()).of(whole()), Code.WITNESS_NEWER);
        assertBad(verified().with("--witness", new byte[0]).of(members), Code.WITNESS_NOT_SIGNED);
        assertBad(verified().with("--witness", utf8("no note\n")).of(members), Code.WITNESS_NOT_SIGNED);
        assertBad(verified().with("--witness", utf8("no newline")).of(members), Code.WITNESS_NOT_SIGNED);
        assertBad(
                verified()
                        .with(
                                "--witness",
                                new GeneratedLog()
                                        .append("acme", 1)
                                        .round()
                                        .note()
                                        .encode())
                        .of(members),
                Code.WITNESS_NOT_SIGNED);
    }

    @Test
    void receipts_ofRecordsInTheLog_areKept() throws GeneralSecurityException {
        KeyPair node = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] certificate = new KeyCertificate(GeneratedLog.ORIGIN, "node-1", node.getPublic(), 0, log.now * 2)
                .sign(List.of(log.signer));
        var signer = ReceiptSigner.of("node-1", node);
        byte[] lost = log.record("acme").encode();
        List<Hash> digests = List.of(digest(log.records("acme").get(2)), digest(lost));
        long at = log.now;
        List<String> receipts =
                signer.receipts(digests, at).stream().map(Receipt::encode).toList();
        log.now += 5_000_000;
        log.append("acme", 1).round();
        Map<Member, byte[]> members = log.members("acme", 0, 14, List.of(), List.of());
        members.put(Member.RECEIPT_KEYS, GeneratedLog.lines(List.of(certificate)));

        Outcome good = verified()
                .with("--receipts", utf8("# kept\n\n" + receipts.get(0) + "\n"))
                .of(members);
        assertThat(good.exit()).as(good.out()).isZero();
        assertThat(good.out()).contains("Good, anchored.");
        assertBad(verified().with("--receipts", utf8(receipts.get(1) + "\n")).of(members), Code.RECEIPT_NOT_IN_LOG);
        String id = AuditRecord.parse(log.records("acme").get(3)).id();
        assertBad(
                verified()
                        .with("--receipts", utf8(receipts.get(1) + " " + id + "\n"))
                        .of(members),
                Code.RECEIPT_OTHER_RECORD);
        for (String invalid : new String[] {"v1.", "x", receipts.get(0) + " y", receipts.get(0) + "A"}) {
            assertBad(verified().with("--receipts", utf8(invalid + "\n")).of(members), Code.RECEIPT_INVALID);
        }
        members.remove(Member.RECEIPT_KEYS);
        assertBad(verified().with("--receipts", utf8(receipts.get(0) + "\n")).of(members), Code.RECEIPT_INVALID);

        Map<Member, byte[]> part = log.members("acme", 0, 13, List.of(), List.of());
        part.put(Member.RECEIPT_KEYS, GeneratedLog.lines(List.of(certificate)));
        Outcome outside =
                verified().with("--receipts", utf8(receipts.get(1) + "\n")).of(part);
        assertThat(outside.exit()).isZero();
        assertThat(outside.has(Code.RECEIPT_NOT_CHECKED)).isTrue();
    }

    private static Hash digest(byte[] record) {
        return Hash.of(Sha256.digest(record));
    }

    @Test
    void json_ofAVerdict_isCanonicalAndHasTheCodes() {
        Path file = folder.resolve("p.zip");
        Path key = folder.resolve("key");
        try {
            Files.write(file, Verified.zip(whole()));
            Files.write(key, log.logKey());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var out = new StringWriter();
        int exit = Main.run(
                List.of(file.toString(), "--log-key", key.toString(), "--core", "--json"),
                new PrintWriter(out),
                new PrintWriter(new StringWriter()));
        assertThat(exit).isZero();
        byte[] json = utf8(out.toString().strip());
        assertThat(CanonicalJson.write(CanonicalJson.parseCanonical(json))).isEqualTo(json);
        assertThat(out.toString())
                .contains("\"verdict\":\"good\"", "\"assurance\":\"self-attested\"", "\"code\":\"ENTRIES_INCLUDED\"");
    }

    @Test
    void manyFailures_areCountedAndNotAllTold() {
        Outcome outcome = changed(Member.RECORDS, lines -> lines.forEach(line -> line[20] ^= 1));
        assertBad(outcome, Code.RECORD_DIFFERS);
        assertThat(outcome.out()).contains("and 10 more like these");
    }
}
