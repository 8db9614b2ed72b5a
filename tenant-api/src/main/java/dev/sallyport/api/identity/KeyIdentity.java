package dev.sallyport.api.identity;

import dev.sallyport.policy.TenantId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/*
 * The database is asked with a keyed hash of the key, so its index sees nothing that a caller could steer byte by byte;
 * two keys given at once are compared in constant time. A cached caller carries the epochs under which it was read: a
 * decision made for a key that has been revoked since is found stale at the flush, whatever the cache says. Besides, the
 * cache is told of every act of this process before the act is acknowledged, and an entry lives for seconds only.
 */
/** Callers by their API keys, asked of the database through the role {@code door}, with a bounded cache. */
public final class KeyIdentity implements Identity {
    private static final int MOST_CACHED = 10_000;
    private static final Duration LONGEST_CACHED = Duration.ofSeconds(10);

    /**
     * A caller as the database told it.
     *
     * @param caller who it is
     * @param expires when the key expires; null for never
     * @param readAt when the database was asked
     */
    private record Found(Caller caller, @Nullable Instant expires, Instant readAt) {
        boolean fresh(Instant now) {
            return readAt.plus(LONGEST_CACHED).isAfter(now) && (expires == null || expires.isAfter(now));
        }
    }

    private final Vertx vertx;
    private final DataSource door;
    private final UnaryOperator<byte[]> hash;
    private final InstantSource clock;
    private final Executor blocking;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Found> cache = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Found> eldest) {
            return size() > MOST_CACHED;
        }
    };
    // Counts what was forgotten, so that an answer asked for before is not put back afterwards.
    private long forgotten;

    /**
     * Makes the one instance.
     *
     * @param vertx completes on its contexts
     * @param door connections of the role {@code door}
     * @param hash the keyed hash under which keys are stored
     * @param clock tells what has expired
     * @param blocking runs what blocks, a virtual thread each
     */
    public KeyIdentity(
            Vertx vertx, DataSource door, UnaryOperator<byte[]> hash, InstantSource clock, Executor blocking) {
        this.vertx = vertx;
        this.door = door;
        this.hash = hash;
        this.clock = clock;
        this.blocking = blocking;
    }

    @Override
    public Future<IdentityResult> identify(MultiMap headers) {
        return switch (Credential.of(headers)) {
            case Credential.Absent a -> Future.succeededFuture(new IdentityResult.Missing());
            case Credential.Conflicting c -> Future.succeededFuture(new IdentityResult.Conflicting());
            case Credential.Presented(String key) -> identify(key);
        };
    }

    /**
     * Forgets a tenant's callers.
     *
     * @param tenant whose; {@code platform} forgets everyone's
     */
    public void forget(TenantId tenant) {
        lock.lock();
        try {
            forgotten++;
            boolean all = tenant.equals(TenantId.PLATFORM);
            cache.values().removeIf(entry -> all || entry.caller().tenant().equals(tenant));
        } finally {
            lock.unlock();
        }
    }

    private Future<IdentityResult> identify(String key) {
        if (!key.startsWith(Keys.PREFIX)) {
            return Future.succeededFuture(new IdentityResult.Unknown());
        }
        byte[] hashed = hash.apply(key.getBytes(StandardCharsets.UTF_8));
        Found cached = cached(HexFormat.of().formatHex(hashed));
        if (cached != null && cached.fresh(clock.instant())) {
            return Future.succeededFuture(new IdentityResult.Known(cached.caller()));
        }
        Context context = vertx.getOrCreateContext();
        return Future.fromCompletionStage(CompletableFuture.supplyAsync(() -> ask(hashed), blocking), context);
    }

    private @Nullable Found cached(String name) {
        lock.lock();
        try {
            return cache.get(name);
        } finally {
            lock.unlock();
        }
    }

    private IdentityResult ask(byte[] hashed) {
        long before = forgotten();
        try {
            Optional<Found> entry = read(hashed);
            if (entry.isEmpty() || !entry.get().fresh(clock.instant())) {
                return new IdentityResult.Unknown();
            }
            keep(HexFormat.of().formatHex(hashed), entry.get(), before);
            return new IdentityResult.Known(entry.get().caller());
        } catch (SQLException e) {
            return new IdentityResult.Unavailable();
        }
    }

    private long forgotten() {
        lock.lock();
        try {
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    private void keep(String name, Found entry, long before) {
        lock.lock();
        try {
            if (forgotten == before) {
                cache.put(name, entry);
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Found> read(byte[] hashed) throws SQLException {
        Instant now = clock.instant();
        try (Connection connection = door.getConnection()) {
            Optional<Found> entry = read(connection, hashed, now);
            connection.commit();
            return entry;
        }
    }

    private static Optional<Found> read(Connection connection, byte[] hashed, Instant now) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT * FROM door_identify(?)")) {
            query.setBytes(1, hashed);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next() || row.getBoolean("revoked") || row.getBoolean("tenant_deleted")) {
                    return Optional.empty();
                }
                Optional<Role> role = Role.ofWireName(row.getString("role")).filter(Role::grantable);
                return role.isEmpty() ? Optional.empty() : Optional.of(entry(row, role.get(), now));
            }
        }
    }

    private static Found entry(ResultSet row, Role role, Instant now) throws SQLException {
        Timestamp expires = row.getTimestamp("expires_at");
        Caller caller = new Caller(
                new TenantId(row.getString("tenant")),
                row.getString("id"),
                row.getString("lineage"),
                role,
                Set.copyOf(Arrays.asList((String[]) row.getArray("scopes").getArray())),
                row.getBoolean("tenant_suspended"),
                row.getString("purpose"),
                new StateEpochs(row.getLong("tenant_epoch"), row.getLong("platform_epoch")));
        return new Found(caller, expires == null ? null : expires.toInstant(), now);
    }
}
