package dev.sallyport.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads the certificates of all receipt keys that ever were: they belong to nobody and are published. Blocks. */
public final class ReceiptKeyReader {
    private final DataSource auditor;

    ReceiptKeyReader(DataSource auditor) {
        this.auditor = auditor;
    }

    /**
     * Returns the signed certificates, oldest first.
     *
     * @throws LedgerException if they cannot be read
     */
    public List<byte[]> certificates() {
        try (Connection connection = auditor.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT certificate FROM receipt_keys"
                        + " WHERE certificate IS NOT NULL ORDER BY not_before, node, key");
                ResultSet row = statement.executeQuery()) {
            var certificates = new ArrayList<byte[]>();
            while (row.next()) {
                certificates.add(row.getBytes(1));
            }
            connection.commit();
            return certificates;
        } catch (SQLException e) {
            throw LedgerException.of("reading the receipt keys' certificates", e);
        }
    }
}
