package dev.sallyport.ledger.receipt;

import dev.sallyport.format.Ed25519;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.log.LogSigner;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certifies the receipt keys that nodes have registered. A row whose MAC is not right was written by somebody who has the
 * database and not the root key: it is refused for good.
 */
public final class ReceiptKeyCertifier {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiptKeyCertifier.class);

    private final UnaryOperator<byte[]> mac;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(String node, byte[] key, long notBefore, long notAfter, byte[] mac) {}

    /**
     * Makes a certifier.
     *
     * @param mac the MAC under the key that nodes derive from the root key
     */
    public ReceiptKeyCertifier(UnaryOperator<byte[]> mac) {
        this.mac = mac;
    }

    /**
     * Certifies what is registered and not certified yet, a hundred periods at most.
     *
     * @param sequencer a transaction of the role {@code sequencer}, which the caller commits
     * @param origin the log's
     * @param signers the log's keys that sign now
     * @return how many were certified
     * @throws SQLException if the database cannot do it now
     */
    public int certify(Connection sequencer, String origin, List<LogSigner> signers) throws SQLException {
        int certified = 0;
        for (Row row : open(sequencer)) {
            byte[] certificate = certificate(row, origin, signers);
            store(sequencer, row, certificate);
            if (certificate != null) {
                certified++;
            }
        }
        return certified;
    }

    private static List<Row> open(Connection sequencer) throws SQLException {
        var open = new ArrayList<Row>();
        try (PreparedStatement statement = sequencer.prepareStatement(
                        "SELECT node, key, not_before, not_after, mac FROM receipt_keys_uncertified()");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                open.add(new Row(row.getString(1), row.getBytes(2), row.getLong(3), row.getLong(4), row.getBytes(5)));
            }
        }
        return open;
    }

    private byte @Nullable [] certificate(Row row, String origin, List<LogSigner> signers) {
        try {
            var period = new KeyPeriod(row.node, Ed25519.publicKey(row.key), row.notBefore, row.notAfter);
            if (MessageDigest.isEqual(mac.apply(period.registered()), row.mac)) {
                return period.certificate(origin).sign(signers);
            }
        } catch (FormatException e) {
            LOG.debug("a registered receipt key is none", e);
        }
        LOG.error(
                "the receipt key {} was not registered by a node that has this root key: it is refused",
                HexFormat.of().formatHex(row.key));
        return null;
    }

    private static void store(Connection sequencer, Row row, byte @Nullable [] certificate) throws SQLException {
        try (PreparedStatement statement = sequencer.prepareStatement("SELECT receipt_key_certify(?, ?, ?, ?)")) {
            statement.setString(1, row.node);
            statement.setBytes(2, row.key);
            statement.setLong(3, row.notBefore);
            statement.setBytes(4, certificate);
            statement.execute();
        }
    }
}
