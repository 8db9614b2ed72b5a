package dev.sallyport.api.models;

import dev.sallyport.ledger.Scoped;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.TenantId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The statements over {@code model_grants}, each in the scope of the owner unless said otherwise. */
final class GrantTable {
    /** What a grantee's name stands for. */
    record Grant(String owner, String model, boolean revoked) {}

    private GrantTable() {}

    static boolean ownerHas(Scoped scoped, ModelName model) throws SQLException {
        return present(scoped, "SELECT 1 FROM model_versions WHERE tenant = ? AND model = ? LIMIT 1", model);
    }

    /** In the grantee's scope: which model its name stands for, revoked or not. */
    static Optional<Grant> find(Scoped scoped, ModelName alias) throws SQLException {
        String sql = "SELECT owner, model, revoked_at IS NOT NULL FROM model_grants WHERE tenant = ? AND alias = ?";
        try (PreparedStatement query = scoped.connection().prepareStatement(sql)) {
            query.setString(1, scoped.tenant().value());
            query.setString(2, alias.value());
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Grant(row.getString(1), row.getString(2), row.getBoolean(3)))
                        : Optional.empty();
            }
        }
    }

    static void put(Scoped scoped, ModelName model, TenantId grantee, ModelName alias) throws SQLException {
        String sql = """
                INSERT INTO model_grants (tenant, alias, owner, model) VALUES (?, ?, ?, ?)
                ON CONFLICT (tenant, alias) DO UPDATE
                SET owner = excluded.owner, model = excluded.model, granted_at = now(), revoked_at = NULL""";
        try (PreparedStatement insert = scoped.connection().prepareStatement(sql)) {
            insert.setString(1, grantee.value());
            insert.setString(2, alias.value());
            insert.setString(3, scoped.tenant().value());
            insert.setString(4, model.value());
            insert.executeUpdate();
        }
    }

    static boolean revoke(Scoped scoped, TenantId grantee, ModelName alias) throws SQLException {
        String sql = """
                UPDATE model_grants SET revoked_at = now()
                WHERE tenant = ? AND alias = ? AND owner = ? AND revoked_at IS NULL""";
        try (PreparedStatement update = scoped.connection().prepareStatement(sql)) {
            update.setString(1, grantee.value());
            update.setString(2, alias.value());
            update.setString(3, scoped.tenant().value());
            return update.executeUpdate() == 1;
        }
    }

    /** In any tenant's scope: whether that tenant is there. */
    static boolean tenantIsLive(Scoped scoped) throws SQLException {
        String sql = "SELECT 1 FROM tenants WHERE tenant = ? AND deleted_at IS NULL";
        try (PreparedStatement query = scoped.connection().prepareStatement(sql)) {
            query.setString(1, scoped.tenant().value());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private static boolean present(Scoped scoped, String sql, ModelName model) throws SQLException {
        try (PreparedStatement query = scoped.connection().prepareStatement(sql)) {
            query.setString(1, scoped.tenant().value());
            query.setString(2, model.value());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }
}
