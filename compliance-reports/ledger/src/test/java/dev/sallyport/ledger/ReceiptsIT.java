package dev.sallyport.ledger;

import static dev.sallyport.ledger.LedgerFixture.ACME;
import static dev.sallyport.ledger.LedgerFixture.FIRST;
import static dev.sallyport.ledger.LedgerFixture.committed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Ed25519;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.log.LogSigner;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.receipt.KeyCertificate;
import dev.sallyport.format.receipt.Receipt;
import dev.sallyport.format.receipt.ReceiptKeys;
import dev.sallyport.format.receipt.ReceiptSigner;
import dev.sallyport.format.receipt.ReceiptVerdict;
import dev.sallyport.ledger.receipt.NodeReceiptKey;
import dev.sallyport.migrations.DatabaseRole;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** Receipts as they leave the flush, and the certificates of the keys that sign them. */
@Timeout(60)
final class ReceiptsIT {
    private LedgerFixture fixture;

    @BeforeEach
    void open() {
        fixture = new LedgerFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private String receipt(AuditRecord record) {
        return committed(fixture.append(record, null)).receipt();
    }

    private static Hash digest(AuditRecord record) {
        return Hash.of(Sha256.digest(record.encode()));
    }

    @Test
    void records_ofManyFlushes_haveReceiptsThatVerify() throws SQLException {
        var results = new ArrayList<CompletableFuture<AppendResult>>();
        for (int i = 0; i < 500; i++) {
            results.add(fixture.ledger
                    .writer()
                    .append(Append.of(fixture.permit(ACME, FIRST, List.of()), null, Duration.ofSeconds(10)))
                    .toCompletableFuture());
        }
        Map<String, String> receipts = new HashMap<>();
        results.forEach(result -> {
            AppendResult.Committed committed = committed(result.join());
            receipts.put(committed.recordId(), committed.receipt());
        });
        assertThat(receipts).hasSize(500);
        assertThat(receipts.values().stream()
                        .map(text -> Receipt.parse(text).statement().size()))
                .as("flushes of several records")
                .anyMatch(size -> size > 1);
        assertThat(Receipts.faults(fixture, receipts)).isEmpty();
    }

    /** Every COMMIT is held on its way to the database, while the signature takes its time beside it. */
    @Test
    void receipt_beforeCommitIsAcknowledged_doesNotLeave() throws Exception {
        var arrived = new CountDownLatch(1);
        var let = new CountDownLatch(1);
        var held = new AtomicBoolean();
        try (var proxy = new CuttingProxy(fixture.database.jdbcUrl(), () -> {
                    if (held.get()) {
                        arrived.countDown();
                        await(let);
                    }
                    return CuttingProxy.Cut.NONE;
                });
                Ledger ledger = fixture.open(proxy.through(fixture.database.jdbcUrl()), "node-1")) {
            AuditRecord record = fixture.permit(ACME, FIRST, List.of());
            held.set(true);
            CompletableFuture<AppendResult> result = ledger.writer()
                    .append(Append.of(record, null, Duration.ofSeconds(30)))
                    .toCompletableFuture();
            await(arrived);
            Thread.sleep(200);
            assertThat(result).isNotDone();
            assertThat(LedgerAudit.records(fixture.database)).isEmpty();
            let.countDown();
            String receipt = committed(result.join()).receipt();
            assertThat(Receipts.faults(fixture, Map.of(record.id(), receipt))).isEmpty();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void receipts_fromBeforeARestart_verifyAfterIt() throws SQLException {
        AuditRecord before = fixture.permit(ACME, FIRST, List.of());
        String first = receipt(before);
        fixture.restart();
        AuditRecord after = fixture.permit(ACME, FIRST, List.of());
        String second = receipt(after);

        assertThat(Receipts.faults(fixture, Map.of(before.id(), first, after.id(), second)))
                .isEmpty();
        assertThat(Receipt.parse(first).keyId())
                .as("a key of its own for each start")
                .isNotEqualTo(Receipt.parse(second).keyId());
    }

    @Test
    void receipt_changedSwappedOrCut_doesNotVerify() throws SQLException {
        AuditRecord one = fixture.permit(ACME, FIRST, List.of());
        AuditRecord other = fixture.permit(ACME, FIRST, List.of());
        String text = receipt(one);
        String swapped = receipt(other);
        ReceiptKeys keys = Receipts.published(fixture);

        assertThat(Receipt.verify(text, digest(one), keys)).isInstanceOf(ReceiptVerdict.Valid.class);
        assertThat(Receipt.verify(swapped, digest(one), keys)).isInstanceOf(ReceiptVerdict.OtherRecord.class);
        for (int length = 0; length < text.length(); length++) {
            assertThat(Receipt.verify(text.substring(0, length), digest(one), keys))
                    .isInstanceOf(ReceiptVerdict.Malformed.class);
        }
        for (int at = 0; at < text.length(); at++) {
            String changed = text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
            assertThat(Receipt.verify(changed, digest(one), keys)).isNotInstanceOf(ReceiptVerdict.Valid.class);
        }
    }

    @Test
    void receipt_ofAForgersKey_doesNotVerify() throws Exception {
        AuditRecord record = fixture.permit(ACME, FIRST, List.of());
        receipt(record);
        KeyPair forger = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        long now = Instant.now().toEpochMilli() * 1_000;
        String forged = ReceiptSigner.of("node-1", forger)
                .receipts(List.of(digest(record)), now)
                .getFirst()
                .encode();
        plant(forger, now);

        assertThat(Receipt.verify(forged, digest(record), Receipts.published(fixture)))
                .isInstanceOf(ReceiptVerdict.NoCertificate.class);
        assertThat(refused()).isEqualTo(1);
        assertThat(Receipts.certify(fixture)).as("refused once and for all").isZero();
    }

    /** What somebody with the database can do: a row that looks right, under a MAC that they cannot make. */
    private void plant(KeyPair forger, long now) throws SQLException {
        try (Connection superuser = fixture.database.superuser();
                PreparedStatement insert =
                        superuser.prepareStatement("INSERT INTO receipt_keys (node, key, not_before, not_after, mac)"
                                + " SELECT node, ?, ?, ?, mac FROM receipt_keys LIMIT 1")) {
            insert.setBytes(1, Ed25519.encode(forger.getPublic()));
            insert.setLong(2, now - 60_000_000L);
            insert.setLong(3, now + 60_000_000L);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    private long refused() throws SQLException {
        try (Connection superuser = fixture.database.superuser();
                PreparedStatement count =
                        superuser.prepareStatement("SELECT count(*) FROM receipt_keys WHERE refused");
                var row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void node_whoseKeyTheSequencerHasCertified_saysSo() throws Exception {
        while (!fixture.ledger.health().certified()) {
            Thread.sleep(10);
        }
    }

    @Test
    void key_whosePeriodIsHalfOver_isCertifiedAgain() throws SQLException {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        NodeReceiptKey key = key(now::get);
        AuditRecord record = fixture.permit(ACME, FIRST, List.of());
        // Before it is registered: from then on the ledger's own sequencer may certify it at any moment.
        assertThat(key.isCertified()).isFalse();
        key.advance();
        for (int day = 0; day < 100; day++) {
            Receipts.certify(fixture);
            key.advance();
            assertThat(key.isCertified()).as("on day %s", day).isTrue();
            long at = now.get().toEpochMilli() * 1_000;
            String text = key.signer()
                    .receipts(List.of(digest(record)), at)
                    .getFirst()
                    .encode();
            assertThat(Receipt.verify(text, digest(record), Receipts.published(fixture)))
                    .isInstanceOf(ReceiptVerdict.Valid.class);
            now.updateAndGet(time -> time.plus(Duration.ofDays(1)));
            key.advance();
        }
        for (Duration step : List.of(Duration.ofDays(30), Duration.ofDays(-365))) {
            now.updateAndGet(time -> time.plus(step));
            assertThat(key.isCertified())
                    .as("after the clock was set by %s", step)
                    .isFalse();
            key.advance();
            Receipts.certify(fixture);
            key.advance();
            assertThat(key.isCertified()).isTrue();
        }
    }

    @Test
    void certificate_thatIsNotTheLogs_isNone() throws SQLException {
        NodeReceiptKey key = key(Instant::now);
        key.advance();
        LogSigner other = new LogSigner(Receipts.LOG.verifier().name(), Receipts.pair());
        try (Connection superuser = fixture.database.superuser();
                PreparedStatement update =
                        superuser.prepareStatement("UPDATE receipt_keys SET certificate = ? WHERE node = 'node-9'")) {
            update.setBytes(
                    1,
                    new KeyCertificate(
                                    other.verifier().name(),
                                    "node-9",
                                    key.signer().publicKey(),
                                    0,
                                    Long.MAX_VALUE >> 10)
                            .sign(List.of(other)));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
        key.advance();
        assertThat(key.isCertified()).isFalse();
    }

    /** The key of a node of its own. */
    private NodeReceiptKey key(InstantSource clock) {
        var writer = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setAutoCommit(false);
                return connection;
            }
        };
        writer.setUrl(fixture.database.jdbcUrl());
        writer.setUser(DatabaseRole.LEDGER_WRITER.roleName());
        writer.setPassword(fixture.database.password(DatabaseRole.LEDGER_WRITER));
        return new NodeReceiptKey(
                "node-9", writer, fixture.ledger.keys()::receiptKeyMac, () -> Receipts.trusted(fixture), clock);
    }
}
