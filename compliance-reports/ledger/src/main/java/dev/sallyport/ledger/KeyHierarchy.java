package dev.sallyport.ledger;

import dev.sallyport.policy.TenantId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The keys: a root key in a file; sealed by it each tenant's key-encryption keys, a file a generation; and wrapped by
 * those, in the database, each tenant's own keys: {@code index} (handles of subjects), {@code pepper} (hashes of API
 * keys; the platform's alone is used, since a key's tenant is not known before its hash is found) and
 * {@code payload} (sealed payloads). Everything is AES-256-GCM, bound to its place.
 *
 * <p>A tenant's keys are made when they are first wanted. Keys are kept in memory once read. Thread-safe; what needs
 * a key for the first time blocks.
 */
public final class KeyHierarchy {
    private static final byte PAYLOAD_FORM = 1;

    private final KeyFiles files;
    private final TenantScope scope;
    private final RandomGenerator random;
    private final ConcurrentHashMap<Name, byte[]> keys = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Generation, byte[]> wrapping = new ConcurrentHashMap<>();

    private record Name(TenantId tenant, String key) {}

    private record Generation(TenantId tenant, int number) {}

    /** A key as the database holds it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Wrapped(int generation, byte[] bytes) {}

    KeyHierarchy(Path folder, TenantScope scope, RandomGenerator random) {
        this.files = new KeyFiles(folder, random);
        this.scope = scope;
        this.random = random;
    }

    /**
     * Returns the hash under which an API key is stored: HMAC-SHA-256 under the platform's pepper, 32 bytes. One
     * round is enough, because API keys are 256 random bits.
     *
     * @param key the key's text in ASCII
     * @throws LedgerException if the pepper cannot be read
     */
    public byte[] apiKeyHash(byte[] key) {
        return Hmac.of(key(TenantId.PLATFORM, "pepper"), key);
    }

    /**
     * Encrypts what belongs to a record: a form byte, the key's form, and AES-256-GCM bound to tenant and record.
     *
     * @throws LedgerException if the tenant's key cannot be read
     */
    public SealedPayload seal(TenantId tenant, String recordId, byte[] plain) {
        byte[] sealed = AesGcm.seal(key(tenant, "payload"), payloadUse(tenant, recordId), plain, random);
        return new SealedPayload(ByteBuffer.allocate(sealed.length + 1)
                .put(PAYLOAD_FORM)
                .put(sealed)
                .array());
    }

    /**
     * Decrypts what {@link #seal} made for the same tenant and record.
     *
     * @throws LedgerException if it was made for another, was changed, or its key is gone
     */
    public byte[] open(TenantId tenant, String recordId, SealedPayload payload) {
        byte[] bytes = payload.bytes();
        if (bytes.length == 0 || bytes[0] != PAYLOAD_FORM) {
            throw new LedgerException(LedgerException.Kind.REFUSED, "the payload has an unknown form", null);
        }
        byte[] sealed = Arrays.copyOfRange(bytes, 1, bytes.length);
        return AesGcm.open(key(tenant, "payload"), payloadUse(tenant, recordId), sealed);
    }

    private static String payloadUse(TenantId tenant, String recordId) {
        return "payloads/" + tenant + "/" + recordId;
    }

    /** Returns the MAC by which nodes of this root key know the receipt keys that they register. */
    byte[] receiptKeyMac(byte[] registered) {
        return Hmac.of(files.derived("receipt-keys/1"), registered);
    }

    byte[] indexKey(TenantId tenant) {
        return key(tenant, "index");
    }

    /** Returns 32 fresh random bytes. */
    byte[] fresh() {
        var key = new byte[AesGcm.KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    /** Wraps a key by the tenant's newest key-encryption key, bound to its name. */
    Wrapped wrap(Scoped scoped, String name, byte[] key) throws SQLException {
        int generation = newest(scoped);
        return new Wrapped(generation, AesGcm.seal(kek(scoped.tenant(), generation), use(scoped, name), key, random));
    }

    byte[] unwrap(Scoped scoped, String name, Wrapped wrapped) {
        return AesGcm.open(kek(scoped.tenant(), wrapped.generation), use(scoped, name), wrapped.bytes);
    }

    private static String use(Scoped scoped, String name) {
        return "keys/" + scoped.tenant() + "/" + name;
    }

    private byte[] key(TenantId tenant, String name) {
        byte[] known = keys.get(new Name(tenant, name));
        if (known != null) {
            return known;
        }
        byte[] read = scope.run(tenant, scoped -> readOrMake(scoped, name));
        keys.put(new Name(tenant, name), read);
        return read;
    }

    /** Inserts a fresh key if there is none, and reads what is there: who comes second uses the first one's. */
    private byte[] readOrMake(Scoped scoped, String name) throws SQLException {
        Wrapped stored = read(scoped, name);
        if (stored == null) {
            insert(scoped, name, wrap(scoped, name, fresh()));
            stored = read(scoped, name);
        }
        if (stored == null) {
            throw new LedgerException(LedgerException.Kind.REFUSED, "the key " + name + " was not stored", null);
        }
        return unwrap(scoped, name, stored);
    }

    private static @Nullable Wrapped read(Scoped scoped, String name) throws SQLException {
        try (PreparedStatement statement = scoped.connection()
                .prepareStatement("SELECT generation, wrapped FROM tenant_keys WHERE tenant = ? AND name = ?"
                        + " ORDER BY generation DESC LIMIT 1")) {
            statement.setString(1, scoped.tenant().value());
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Wrapped(row.getInt(1), row.getBytes(2)) : null;
            }
        }
    }

    private static void insert(Scoped scoped, String name, Wrapped wrapped) throws SQLException {
        try (PreparedStatement statement = scoped.connection()
                .prepareStatement("INSERT INTO tenant_keys (tenant, name, generation, wrapped) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING")) {
            statement.setString(1, scoped.tenant().value());
            statement.setString(2, name);
            statement.setInt(3, wrapped.generation);
            statement.setBytes(4, wrapped.bytes);
            statement.executeUpdate();
        }
    }

    private byte[] kek(TenantId tenant, int generation) {
        return wrapping.computeIfAbsent(
                new Generation(tenant, generation), wanted -> files.read(wanted.tenant, wanted.number));
    }

    /** The first generation is made only while nothing is wrapped: a lost keys folder is never papered over. */
    private int newest(Scoped scoped) throws SQLException {
        OptionalInt newest = files.newest(scoped.tenant());
        if (newest.isPresent()) {
            return newest.getAsInt();
        }
        try (PreparedStatement statement =
                scoped.connection().prepareStatement("SELECT EXISTS (SELECT FROM tenant_keys WHERE tenant = ?)")) {
            statement.setString(1, scoped.tenant().value());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getBoolean(1)) {
                    throw new LedgerException(
                            LedgerException.Kind.REFUSED,
                            "tenant " + scoped.tenant() + " has keys in the database and none in the keys folder",
                            null);
                }
            }
        }
        files.create(scoped.tenant(), 1);
        return 1;
    }
}
