package dev.sallyport.api.admin;

import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.Acts;
import dev.sallyport.api.identity.Names;
import dev.sallyport.api.identity.StoreUnavailableException;
import dev.sallyport.ledger.Scoped;
import dev.sallyport.ledger.TenantScope;
import dev.sallyport.policy.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The platform's tenants. Every call blocks on the database: call it on a virtual thread. Safe for many threads. */
public final class Tenants {
    private final Acts acts;
    private final CheckedActs checked;
    private final TenantScope scope;
    private final DataSource door;
    private final PackCheck check;

    /**
     * Makes the one instance.
     *
     * @param acts performs and records
     * @param scope the way to tenants' rows
     * @param door connections of the role {@code door}, in transactions that their user commits
     * @param check tells whether packs go with what is in force
     */
    public Tenants(Acts acts, TenantScope scope, DataSource door, PackCheck check) {
        this.acts = acts;
        this.checked = new CheckedActs(acts);
        this.check = check;
        this.scope = scope;
        this.door = door;
    }

    /**
     * Creates a tenant and records the act in the same transaction.
     *
     * @param id its name
     * @param name what people call it, 1 to 200 characters
     * @param packs installed packs that bind it; may be empty
     * @param actor who asks
     * @return what became of it
     */
    public TenantCreation create(TenantId id, String name, List<String> packs, Actor actor) {
        if (!Names.fit(name)) {
            return new TenantCreation.Invalid(
                    "name", "a tenant's name is 1 to 200 characters, none of them a control character");
        }
        Set<String> shipped = check.installed();
        if (!shipped.containsAll(packs) || Set.copyOf(packs).size() != packs.size()) {
            return new TenantCreation.Invalid("packs", "packs are distinct and of " + String.join(", ", shipped));
        }
        return checked.<TenantCreation>perform(
                        id,
                        actor,
                        () -> check.creation(id, packs),
                        problems -> new TenantCreation.Invalid(
                                "packs", problems.getFirst().message()),
                        scoped -> {
                            if (!insert(scoped, name, packs)) {
                                return new TenantCreation.Taken(id.value());
                            }
                            Map<String, String> chosen = Map.of("packs", String.join(" ", packs));
                            acts.record(scoped, actor, "tenant.create", "tenant", null, null, chosen);
                            return new TenantCreation.Created(row(scoped).orElseThrow());
                        })
                .orElseGet(TenantCreation.Contended::new);
    }

    /**
     * Reads one tenant.
     *
     * @param id its name
     * @return the tenant; empty if there is none or it was deleted
     */
    public Optional<Tenant> find(TenantId id) {
        return scope.run(id, Tenants::row);
    }

    /**
     * Reads all tenants that are not deleted, the platform itself left out.
     *
     * @return ordered by id
     */
    public List<Tenant> list() {
        List<TenantId> ids = ids();
        return scope.run(TenantId.PLATFORM, scoped -> {
            List<Tenant> all = new ArrayList<>();
            for (TenantId id : ids) {
                scoped.within(id, Tenants::row).ifPresent(all::add);
            }
            return all;
        });
    }

    /**
     * Deletes a tenant: its keys stop working before this returns. Its records stay.
     *
     * @param id its name
     * @param actor who asks
     * @return false if there is none
     */
    public boolean delete(TenantId id, Actor actor) {
        if (id.equals(TenantId.PLATFORM)) {
            return false;
        }
        return acts.perform(id, actor, scoped -> {
            boolean deleted = update(
                    scoped,
                    "UPDATE tenants SET deleted_at = clock_timestamp() WHERE tenant = ? AND deleted_at IS NULL");
            if (deleted) {
                update(
                        scoped,
                        "UPDATE api_keys SET revoked_at = clock_timestamp() WHERE tenant = ? AND revoked_at IS NULL");
                acts.record(scoped, actor, "tenant.delete", "tenant", null, null, Map.of());
            }
            return deleted;
        });
    }

    /**
     * Suspends a tenant or takes its suspension back. No call of a suspended tenant is answered by a record that is
     * committed after this has returned; a call under way is decided again.
     *
     * @param id its name
     * @param suspended what it shall be
     * @param actor who asks
     * @return the tenant as it is now; empty if there is none
     */
    public Optional<Tenant> suspend(TenantId id, boolean suspended, Actor actor) {
        if (id.equals(TenantId.PLATFORM)) {
            return Optional.empty();
        }
        return acts.perform(id, actor, scoped -> {
            String change = suspended
                    ? "UPDATE tenants SET suspended_at = clock_timestamp()"
                            + " WHERE tenant = ? AND deleted_at IS NULL AND suspended_at IS NULL"
                    : "UPDATE tenants SET suspended_at = NULL"
                            + " WHERE tenant = ? AND deleted_at IS NULL AND suspended_at IS NOT NULL";
            if (update(scoped, change)) {
                String action = suspended ? "tenant.suspend" : "tenant.resume";
                acts.record(scoped, actor, action, "tenant", null, null, Map.of());
            }
            return row(scoped);
        });
    }

    /**
     * The tenants that are not deleted, the platform itself left out.
     *
     * @return in order
     */
    public List<TenantId> ids() {
        try (Connection connection = door.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT * FROM door_tenants()")) {
            List<TenantId> ids = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    ids.add(new TenantId(row.getString(1)));
                }
            }
            connection.commit();
            ids.remove(TenantId.PLATFORM);
            return ids;
        } catch (SQLException e) {
            throw new StoreUnavailableException("the tenants cannot be read", e);
        }
    }

    private static boolean insert(Scoped scoped, String name, List<String> packs) throws SQLException {
        String sql = "INSERT INTO tenants (tenant, name, packs) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
        try (PreparedStatement insert = scoped.connection().prepareStatement(sql)) {
            insert.setString(1, scoped.tenant().value());
            insert.setString(2, name);
            insert.setArray(3, scoped.connection().createArrayOf("text", packs.toArray()));
            return insert.executeUpdate() == 1;
        }
    }

    private static boolean update(Scoped scoped, String sql) throws SQLException {
        try (PreparedStatement update = scoped.connection().prepareStatement(sql)) {
            update.setString(1, scoped.tenant().value());
            return update.executeUpdate() > 0;
        }
    }

    private static Optional<Tenant> row(Scoped scoped) throws SQLException {
        String sql =
                "SELECT tenant, name, packs, created_at, suspended_at IS NOT NULL AS suspended FROM tenants WHERE tenant = ? AND deleted_at IS NULL";
        try (PreparedStatement query = scoped.connection().prepareStatement(sql)) {
            query.setString(1, scoped.tenant().value());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new Tenant(
                        new TenantId(row.getString("tenant")),
                        row.getString("name"),
                        List.of((String[]) row.getArray("packs").getArray()),
                        row.getTimestamp("created_at").toInstant(),
                        row.getBoolean("suspended")));
            }
        }
    }
}
