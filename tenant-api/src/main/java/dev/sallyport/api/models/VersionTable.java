package dev.sallyport.api.models;

import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.StoredModel;
import dev.sallyport.ledger.Scoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The statements over {@code model_versions}, each in the scope of the owner. */
final class VersionTable {
    private VersionTable() {}

    static Optional<StoredModel> find(Scoped scoped, ModelRef ref) throws SQLException {
        String sql = "SELECT manifest, signature FROM model_versions WHERE tenant = ? AND model = ? AND version = ?";
        try (PreparedStatement query = scoped.connection().prepareStatement(sql)) {
            query.setString(1, ref.owner().value());
            query.setString(2, ref.model().value());
            query.setString(3, ref.version().value());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(new StoredModel(row.getBytes(1), row.getBytes(2))) : Optional.empty();
            }
        }
    }

    static void insert(Scoped scoped, ModelManifest manifest, StoredModel stored) throws SQLException {
        String sql = """
                INSERT INTO model_versions (tenant, model, version, digest, runtime, manifest, signature)
                VALUES (?, ?, ?, ?, ?, ?, ?)""";
        try (PreparedStatement insert = scoped.connection().prepareStatement(sql)) {
            insert.setString(1, manifest.owner().value());
            insert.setString(2, manifest.name().value());
            insert.setString(3, manifest.version().value());
            insert.setString(4, manifest.digest());
            insert.setString(5, manifest.runtime());
            insert.setBytes(6, stored.manifest());
            insert.setBytes(7, stored.signature());
            insert.executeUpdate();
        }
    }
}
