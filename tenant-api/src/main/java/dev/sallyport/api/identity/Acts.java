package dev.sallyport.api.identity;

import dev.sallyport.format.Act;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.format.Principal;
import dev.sallyport.ledger.RecordMint;
import dev.sallyport.ledger.Scoped;
import dev.sallyport.ledger.TenantScope;
import dev.sallyport.policy.TenantId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Administrative acts: each is one transaction that shuts out flushes, looks again whether its actor may still act,
 * does what is asked, records it and raises the tenant's epoch. Blocks; safe for many threads.
 */
public final class Acts {
    private final TenantScope scope;
    private final RecordMint mint;
    private final List<Consumer<TenantId>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Makes the one instance.
     *
     * @param scope the way to tenants' rows
     * @param mint begins records
     */
    public Acts(TenantScope scope, RecordMint mint) {
        this.scope = scope;
        this.mint = mint;
    }

    /**
     * Has a cache told of every act, after its commit and before the act is acknowledged.
     *
     * @param listener is given the tenant whose state changed; {@code platform} means every tenant's
     */
    public void onChange(Consumer<TenantId> listener) {
        listeners.add(listener);
    }

    /**
     * Does an act.
     *
     * @param tenant whose state it changes
     * @param actor who asks
     * @param work what is done; it records itself
     * @return what the work returns, once nothing decided under the old state can be recorded any more
     * @throws ActorGoneException if the actor's key was revoked, expired or lost its tenant
     * @throws dev.sallyport.ledger.LedgerException if the database does not do it
     */
    public <T> T perform(TenantId tenant, Actor actor, TenantScope.Work<T> work) {
        try {
            return scope.change(tenant, scoped -> {
                requireActive(scoped, actor);
                return work.run(scoped);
            });
        } finally {
            // Also where it failed: a commit may have been made whose acknowledgement was lost.
            changed(tenant);
        }
    }

    /**
     * Does something that is recorded but decides no call, such as ordering a report: flushes go on meanwhile.
     *
     * @param tenant whose row it writes
     * @param actor who asks
     * @param work what is done; it records itself
     * @return what the work returns, once it is committed
     * @throws ActorGoneException if the actor's key was revoked, expired or lost its tenant
     */
    public <T> T note(TenantId tenant, Actor actor, TenantScope.Work<T> work) {
        return scope.run(tenant, scoped -> {
            requireActive(scoped, actor);
            return work.run(scoped);
        });
    }

    /**
     * Tells the caches of a further tenant whose state an act changed.
     *
     * @param tenant another than the one that the act was performed for
     */
    public void changed(TenantId tenant) {
        listeners.forEach(listener -> listener.accept(tenant));
    }

    /**
     * Records the act in its own transaction.
     *
     * @param scoped the transaction, in the scope of the tenant whose record it is
     * @param actor who asked
     * @param action what was done, for example {@code key.issue}
     * @param object what it was done to, a path such as {@code keys/01J…}
     * @param before digest or name of the state before; null for none
     * @param after digest or name of the state after; null for none
     * @param details what else an auditor needs; never a secret or a personal datum
     * @return the record's id
     */
    public String record(
            Scoped scoped,
            Actor actor,
            String action,
            String object,
            @Nullable String before,
            @Nullable String after,
            Map<String, String> details)
            throws SQLException {
        Map<String, JString> members = new TreeMap<>();
        details.forEach((name, value) -> members.put(name, new JString(value)));
        String place = "tenants/" + scoped.tenant() + "/" + object;
        Act act = new Act(place, before, after, JObject.of(members));
        AuditRecord entry = mint.act(scoped.tenant(), principal(actor), action, act)
                .request(actor.request())
                .build();
        scoped.record(entry);
        return entry.id();
    }

    private static Principal principal(Actor actor) {
        Role role = actor.role();
        return actor.kind().equals("key")
                ? Principal.key(actor.id(), role == null ? "" : role.wireName())
                : Principal.system(actor.id());
    }

    private static void requireActive(Scoped scoped, Actor actor) throws SQLException {
        if (!actor.kind().equals("key")) {
            return;
        }
        String sql = """
                SELECT 1 FROM api_keys k JOIN tenants t ON t.tenant = k.tenant
                WHERE k.tenant = ? AND k.id = ? AND k.revoked_at IS NULL AND t.deleted_at IS NULL
                  AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())""";
        boolean active = scoped.within(actor.tenant(), within -> {
            try (PreparedStatement query = within.connection().prepareStatement(sql)) {
                query.setString(1, actor.tenant().value());
                query.setString(2, actor.id());
                try (ResultSet row = query.executeQuery()) {
                    return row.next();
                }
            }
        });
        if (!active) {
            throw new ActorGoneException();
        }
    }
}
