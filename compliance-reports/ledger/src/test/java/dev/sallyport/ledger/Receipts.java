package dev.sallyport.ledger;

import dev.sallyport.format.Sha256;
import dev.sallyport.format.log.LogSigner;
import dev.sallyport.format.log.VerifierKey;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.receipt.Receipt;
import dev.sallyport.format.receipt.ReceiptKeys;
import dev.sallyport.format.receipt.ReceiptVerdict;
import dev.sallyport.ledger.receipt.ReceiptKeyCertifier;
import dev.sallyport.migrations.DatabaseRole;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks receipts as somebody outside does: with the records' bytes and what is published. */
final class Receipts {
    static final LogSigner LOG = new LogSigner("log.example/test", pair());

    private Receipts() {}

    static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Certifies what the nodes have registered, as whoever sequences does; returns how many periods that were. The
     * ledger's own sequencer may have come first: both keys are trusted here.
     */
    static int certify(LedgerFixture fixture) throws SQLException {
        try (Connection sequencer = fixture.database.connect(DatabaseRole.SEQUENCER)) {
            return new ReceiptKeyCertifier(fixture.ledger.keys()::receiptKeyMac)
                    .certify(sequencer, LOG.verifier().name(), List.of(LOG));
        }
    }

    static List<VerifierKey> trusted(LedgerFixture fixture) {
        var trusted = new ArrayList<>(List.of(LOG.verifier()));
        fixture.ledger.log().keys().forEach(key -> trusted.add(key.key()));
        return trusted;
    }

    static ReceiptKeys published(LedgerFixture fixture) throws SQLException {
        certify(fixture);
        return ReceiptKeys.of(fixture.ledger.receiptKeys().certificates(), trusted(fixture));
    }

    /** Returns what is wrong with receipts, by the ids of their records; one sentence a fault. */
    static List<String> faults(LedgerFixture fixture, Map<String, String> receipts) throws SQLException {
        ReceiptKeys keys = published(fixture);
        Map<String, Hash> digests = new HashMap<>();
        LedgerAudit.records(fixture.database)
                .forEach(written -> digests.put(
                        written.record().id(),
                        Hash.of(Sha256.digest(written.record().encode()))));
        var faults = new ArrayList<String>();
        receipts.forEach((id, text) -> {
            Hash digest = digests.get(id);
            if (digest == null) {
                faults.add("a receipt of a record that is not there: " + id);
            } else if (!(Receipt.verify(text, digest, keys) instanceof ReceiptVerdict.Valid)) {
                faults.add(id + ": " + Receipt.verify(text, digest, keys));
            }
        });
        return faults;
    }
}
