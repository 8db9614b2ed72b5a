package dev.sallyport.ledger;

import dev.sallyport.policy.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data subjects, known by names that cannot be turned back: the {@linkplain #handle handle}, which keys a subject's
 * state within a tenant and never enters a record, and the {@linkplain #pseudonym pseudonym}, which stands in records
 * and links to nothing once the subject's key is destroyed. Thread-safe; a method that needs a key not in memory
 * blocks.
 */
public final class Subjects {
    private static final int CACHED = 10_000;

    private final TenantScope scope;
    private final KeyHierarchy keys;
    private final Cache cache = new Cache();

    private record Subject(TenantId tenant, ByteBuffer handle) {}

    /** The keys used last; guarded by itself. */
    private static final class Cache extends LinkedHashMap<Subject, byte[]> {
        private static final long serialVersionUID = 1L;

        Cache() {
            super(256, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, byte[]> eldest) {
            return size() > CACHED;
        }
    }

    Subjects(TenantScope scope, KeyHierarchy keys) {
        this.scope = scope;
        this.keys = keys;
    }

    /**
     * Returns a subject's handle: HMAC-SHA-256 of the subject under the tenant's index key, 32 bytes.
     *
     * @param subject the tenant's own name for the person
     * @throws LedgerException if the tenant's key cannot be read
     */
    public byte[] handle(TenantId tenant, String subject) {
        return Hmac.of(keys.indexKey(tenant), subject.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a subject's pseudonym in a record: HMAC-SHA-256 of the record's id and the subject under the subject's
     * own key, 64 lower-case hexadecimal digits. A key that does not exist yet is stored before this returns, so that
     * no record is ever written under a key that was lost.
     *
     * @throws LedgerException if the subject's key cannot be read or stored
     */
    public String pseudonym(TenantId tenant, String recordId, String subject) {
        byte[] mac = Hmac.of(
                key(tenant, handle(tenant, subject)),
                recordId.getBytes(StandardCharsets.US_ASCII),
                subject.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac);
    }

    private byte[] key(TenantId tenant, byte[] handle) {
        var subject = new Subject(tenant, ByteBuffer.wrap(handle));
        synchronized (cache) {
            byte[] known = cache.get(subject);
            if (known != null) {
                return known;
            }
        }
        byte[] read = scope.run(tenant, scoped -> readOrMake(scoped, handle));
        synchronized (cache) {
            cache.put(subject, read);
        }
        return read;
    }

    /** Inserts a fresh key if there is none, and reads what is there: who comes second uses the first one's. */
    private byte[] readOrMake(Scoped scoped, byte[] handle) throws SQLException {
        String name = "subjects/" + HexFormat.of().formatHex(handle);
        KeyHierarchy.Wrapped stored = read(scoped, handle);
        if (stored == null) {
            insert(scoped, handle, keys.wrap(scoped, name, keys.fresh()));
            stored = read(scoped, handle);
        }
        if (stored == null) {
            throw new LedgerException(LedgerException.Kind.REFUSED, "a subject's key was not stored", null);
        }
        return keys.unwrap(scoped, name, stored);
    }

    private static KeyHierarchy.@Nullable Wrapped read(Scoped scoped, byte[] handle) throws SQLException {
        try (PreparedStatement statement = scoped.connection()
                .prepareStatement("SELECT generation, wrapped FROM subject_keys WHERE tenant = ? AND handle = ?")) {
            statement.setString(1, scoped.tenant().value());
            statement.setBytes(2, handle);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new KeyHierarchy.Wrapped(row.getInt(1), row.getBytes(2)) : null;
            }
        }
    }

    private static void insert(Scoped scoped, byte[] handle, KeyHierarchy.Wrapped wrapped) throws SQLException {
        try (PreparedStatement statement = scoped.connection()
                .prepareStatement("INSERT INTO subject_keys (tenant, handle, generation, wrapped) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING")) {
            statement.setString(1, scoped.tenant().value());
            statement.setBytes(2, handle);
            statement.setInt(3, wrapped.generation());
            statement.setBytes(4, wrapped.bytes());
            statement.executeUpdate();
        }
    }
}
