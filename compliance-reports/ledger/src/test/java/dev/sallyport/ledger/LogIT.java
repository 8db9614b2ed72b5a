package dev.sallyport.ledger;

import static dev.sallyport.ledger.LedgerFixture.ACME;
import static dev.sallyport.ledger.LedgerFixture.EURO;
import static dev.sallyport.ledger.LedgerFixture.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Envelope;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.log.TenantCheckpoint;
import dev.sallyport.format.log.TenantVerdict;
import dev.sallyport.format.log.VerifierKey;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.TreeHead;
import dev.sallyport.ledger.tree.PublishedLogKey;
import dev.sallyport.ledger.tree.RecordProof;
import dev.sallyport.ledger.tree.TransparencyLog;
import dev.sallyport.ledger.tree.TreeName;
import dev.sallyport.policy.TenantId;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogIT {
    private LedgerFixture fixture;

    @BeforeEach
    void open() {
        fixture = new LedgerFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void record_committed_isProvenSoon_andTheLogContinuesAfterARestart() throws Exception {
        List<AuditRecord> records = append(ACME, 300);
        append(EURO, 3);
        for (AuditRecord record : records) {
            verify(ACME, record);
        }
        TenantCheckpoint before = fixture.ledger.log().latest(ACME).orElseThrow();
        List<PublishedLogKey> keys = fixture.ledger.log().keys();
        fixture.restart();
        for (AuditRecord record : append(ACME, 250)) {
            verify(ACME, record);
        }
        TransparencyLog log = fixture.ledger.log();
        TenantCheckpoint after = log.latest(ACME).orElseThrow();
        TreeHead first = before.leaf().head();
        TreeHead second = after.leaf().head();
        assertThat(log.consistency(new TreeName.OfTenant(ACME), first.size(), second.size())
                        .verify(first, second)
                        .holds())
                .isTrue();
        assertThat(log.keys()).isEqualTo(keys).hasSize(1);
        assertThat(log.round()).extracting(leaf -> leaf.tenant()).containsExactly("acme", "euro", "platform");
        assertThat(fixture.ledger.logHealth().refusal()).isEmpty();
    }

    @Test
    void logKey_isAFileOfItsOwnersAlone_andItsVerifierKeyIsPublished() throws Exception {
        PublishedLogKey key = fixture.ledger.log().keys().getFirst();
        String id = key.key().label().substring(key.key().name().length() + 1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                        fixture.keys.resolve("log").resolve(id + ".key"))))
                .isEqualTo("rw-------");
        assertThat(VerifierKey.parse(
                        Files.readString(fixture.ledger.logKeys().published()).strip()))
                .isEqualTo(key.key());
        assertThat(key.key().name()).isEqualTo(fixture.ledger.logKeys().origin());
    }

    private List<AuditRecord> append(TenantId tenant, int count) {
        var records = new ArrayList<AuditRecord>();
        var waiting = new ArrayList<java.util.concurrent.CompletableFuture<AppendResult>>();
        for (int i = 0; i < count; i++) {
            AuditRecord record = fixture.permit(tenant, FIRST, List.of());
            records.add(record);
            waiting.add(fixture.ledger
                    .writer()
                    .append(Append.of(record, null, Duration.ofSeconds(10)))
                    .toCompletableFuture());
        }
        waiting.forEach(result -> assertThat(result.join()).isInstanceOf(AppendResult.Committed.class));
        return records;
    }

    private void verify(TenantId tenant, AuditRecord record) throws InterruptedException {
        Optional<RecordProof> proof = fixture.ledger.log().proof(tenant, record.id());
        for (int i = 0; i < 100 && proof.isEmpty(); i++) {
            Thread.sleep(100);
            proof = fixture.ledger.log().proof(tenant, record.id());
        }
        RecordProof shown = proof.orElseThrow();
        List<VerifierKey> keys =
                fixture.ledger.log().keys().stream().map(PublishedLogKey::key).toList();
        assertThat(TenantCheckpoint.verify(shown.checkpoint().encode(), tenant.value(), keys))
                .isInstanceOfSatisfying(
                        TenantVerdict.Valid.class,
                        valid -> assertThat(shown.proof()
                                        .verify(
                                                Hash.leaf(shown.envelope().encode()),
                                                valid.leaf().head())
                                        .holds())
                                .isTrue());
        Envelope envelope = shown.envelope();
        assertThat(envelope.record()).isEqualTo(Sha256.hex(record.encode()));
        assertThat(envelope.index()).isEqualTo(shown.proof().index());
        assertThat(fixture.ledger.log().proof(new TenantId("other"), record.id()))
                .isEmpty();
    }
}
