package dev.sallyport.api.identity;

import dev.sallyport.ledger.Scoped;
import dev.sallyport.ledger.TenantScope;
import dev.sallyport.policy.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The tenants' API keys. A change is final when a call returns: no answer decided under the old state can be recorded
 * afterwards. Every call blocks on the database: call it on a virtual thread. Safe for many threads.
 */
public final class Keys {
    /** What every key's text begins with. */
    static final String PREFIX = "sp_";

    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 8;

    private final Acts acts;
    private final TenantScope scope;
    private final UnaryOperator<byte[]> hash;
    private final RandomGenerator random;
    private final InstantSource clock;

    /**
     * Makes the one instance.
     *
     * @param acts performs and records
     * @param scope the way to tenants' rows
     * @param hash the keyed hash under which keys are stored
     * @param random gives keys their bits: a cryptographically secure source
     * @param clock tells what has expired
     */
    public Keys(Acts acts, TenantScope scope, UnaryOperator<byte[]> hash, RandomGenerator random, InstantSource clock) {
        this.acts = acts;
        this.scope = scope;
        this.hash = hash;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Issues a key and records the act in the same transaction.
     *
     * @param tenant whose key it is; {@code platform} for platform administrators and the platform's auditors
     * @param request what is wanted
     * @param actor who asks
     * @return what became of it
     */
    public KeyIssue issue(TenantId tenant, KeyRequest request, Actor actor) {
        Optional<KeyIssue.Invalid> fault = KeyRules.fault(tenant, request, clock.instant());
        if (fault.isPresent()) {
            return fault.get();
        }
        return acts.perform(tenant, actor, scoped -> {
            if (!KeyTable.tenantIsLive(scoped)) {
                return new KeyIssue.Unknown();
            }
            return insert(scoped, request, actor, null);
        });
    }

    /**
     * Issues the first platform-admin key; nothing happens while there is one that works.
     *
     * @param actor who asks
     * @return the key; empty if there is one already
     */
    public Optional<KeyIssue.Issued> bootstrap(Actor actor) {
        KeyRequest request = new KeyRequest("first administrator", Role.PLATFORM_ADMIN, List.of(), null, null);
        return acts.perform(TenantId.PLATFORM, actor, scoped -> {
            boolean present = KeyTable.list(scoped).stream()
                    .anyMatch(key -> key.role() == Role.PLATFORM_ADMIN && key.live(clock.instant()));
            return present ? Optional.empty() : Optional.of(insert(scoped, request, actor, null));
        });
    }

    /**
     * Replaces a key by a new one of the same name, role, scopes, purpose and expiry, which is counted on where the
     * old one stands; the old one is refused from now on.
     *
     * @param tenant whose key it is
     * @param id the key to replace
     * @param actor who asks
     * @return the new key; unknown if the tenant has no live key of this id
     */
    public KeyIssue rotate(TenantId tenant, String id, Actor actor) {
        return acts.perform(tenant, actor, scoped -> {
            Optional<KeyInfo> old = KeyTable.list(scoped).stream()
                    .filter(key -> key.id().equals(id) && key.live(clock.instant()))
                    .findFirst();
            if (old.isEmpty() || !KeyTable.revoke(scoped, id)) {
                return new KeyIssue.Unknown();
            }
            return insert(scoped, old.get().request(), actor, old.get());
        });
    }

    /**
     * Revokes a key.
     *
     * @param tenant whose key it is
     * @param id the key
     * @param actor who asks
     * @return false if the tenant has no live key of this id
     */
    public boolean revoke(TenantId tenant, String id, Actor actor) {
        return acts.perform(tenant, actor, scoped -> {
            boolean revoked = KeyTable.revoke(scoped, id);
            if (revoked) {
                acts.record(scoped, actor, "key.revoke", "keys/" + id, id, null, Map.of());
            }
            return revoked;
        });
    }

    /**
     * Reads a tenant's keys, revoked and expired ones included.
     *
     * @param tenant whose keys
     * @return ordered by creation
     */
    public List<KeyInfo> list(TenantId tenant) {
        return scope.run(tenant, KeyTable::list);
    }

    private KeyIssue.Issued insert(Scoped scoped, KeyRequest request, Actor actor, @Nullable KeyInfo replaces)
            throws SQLException {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        byte[] name = new byte[ID_BYTES];
        random.nextBytes(name);
        String id = "key-" + HexFormat.of().formatHex(name);
        String lineage = replaces == null ? id : replaces.lineage();
        KeyTable.insert(scoped, id, lineage, hash.apply(key.getBytes(StandardCharsets.US_ASCII)), request);
        Map<String, String> details = new TreeMap<>();
        details.put("role", request.role().wireName());
        if (!request.scopes().isEmpty()) {
            details.put("scopes", String.join(" ", request.scopes()));
        }
        String action = replaces == null ? "key.issue" : "key.rotate";
        acts.record(scoped, actor, action, "keys/" + id, replaces == null ? null : replaces.id(), id, details);
        return new KeyIssue.Issued(id, key);
    }
}
