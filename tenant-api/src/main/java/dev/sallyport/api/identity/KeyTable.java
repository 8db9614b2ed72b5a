package dev.sallyport.api.identity;

import dev.sallyport.ledger.Scoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements over {@code api_keys}, each in the scope of one tenant. */
final class KeyTable {
    private KeyTable() {}

    static boolean tenantIsLive(Scoped scoped) throws SQLException {
        String sql = "SELECT 1 FROM tenants WHERE tenant = ? AND deleted_at IS NULL";
        try (PreparedStatement query = scoped.connection().prepareStatement(sql)) {
            query.setString(1, scoped.tenant().value());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    static void insert(Scoped scoped, String id, String lineage, byte[] hash, KeyRequest request) throws SQLException {
        String sql = """
                INSERT INTO api_keys (tenant, id, lineage, hash, name, role, scopes, purpose, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
        Instant expires = request.expires();
        try (PreparedStatement insert = scoped.connection().prepareStatement(sql)) {
            insert.setString(1, scoped.tenant().value());
            insert.setString(2, id);
            insert.setString(3, lineage);
            insert.setBytes(4, hash);
            insert.setString(5, request.name());
            insert.setString(6, request.role().wireName());
            insert.setArray(
                    7,
                    scoped.connection().createArrayOf("text", request.scopes().toArray()));
            insert.setString(8, request.purpose());
            insert.setTimestamp(9, expires == null ? null : Timestamp.from(expires));
            insert.executeUpdate();
        }
    }

    /** Revokes a live key; false if there is none of this id. */
    static boolean revoke(Scoped scoped, String id) throws SQLException {
        String sql =
                "UPDATE api_keys SET revoked_at = clock_timestamp() WHERE tenant = ? AND id = ? AND revoked_at IS NULL";
        try (PreparedStatement update = scoped.connection().prepareStatement(sql)) {
            update.setString(1, scoped.tenant().value());
            update.setString(2, id);
            return update.executeUpdate() == 1;
        }
    }

    static List<KeyInfo> list(Scoped scoped) throws SQLException {
        String sql = """
                SELECT id, lineage, name, role, scopes, purpose, created_at, expires_at, revoked_at
                FROM api_keys WHERE tenant = ? ORDER BY created_at, id""";
        List<KeyInfo> keys = new ArrayList<>();
        try (PreparedStatement query = scoped.connection().prepareStatement(sql)) {
            query.setString(1, scoped.tenant().value());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    keys.add(info(row));
                }
            }
        }
        return keys;
    }

    private static KeyInfo info(ResultSet row) throws SQLException {
        Role role = Role.ofWireName(row.getString("role")).orElseThrow(() -> new SQLException("an unknown role"));
        return new KeyInfo(
                row.getString("id"),
                row.getString("lineage"),
                row.getString("name"),
                role,
                List.of((String[]) row.getArray("scopes").getArray()),
                row.getString("purpose"),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("expires_at")),
                instant(row.getTimestamp("revoked_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
