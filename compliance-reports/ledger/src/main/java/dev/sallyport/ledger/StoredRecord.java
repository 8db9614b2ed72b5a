package dev.sallyport.ledger;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Sha256;
import dev.sallyport.policy.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/** A record as it is stored. */
public final class StoredRecord {
    private final TenantId tenant;
    private final String id;
    private final Instant recordedAt;
    private final byte[] digest;
    private final byte[] bytes;

    StoredRecord(TenantId tenant, String id, Instant recordedAt, byte[] digest, byte[] bytes) {
        this.tenant = tenant;
        this.id = id;
        this.recordedAt = recordedAt;
        this.digest = digest;
        this.bytes = bytes;
    }

    /** Returns whose it is. */
    public TenantId tenant() {
        return tenant;
    }

    /** Returns its id, a ULID. */
    public String id() {
        return id;
    }

    /** Returns the id's time, to the millisecond, by which records are filed and listed. */
    public Instant recordedAt() {
        return recordedAt;
    }

    /** Returns the SHA-256 that was stored with it, 64 lower-case hexadecimal digits. */
    public String digest() {
        return HexFormat.of().formatHex(digest);
    }

    /** Returns a copy of its canonical bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Tells whether the bytes still have the digest. */
    public boolean isIntact() {
        return Arrays.equals(digest, Sha256.digest(bytes));
    }

    /**
     * Returns the record.
     *
     * @throws dev.sallyport.format.FormatException if the bytes are not a record of a known version
     */
    public AuditRecord record() {
        return AuditRecord.parse(bytes);
    }
}
