package dev.sallyport.ledger;

import dev.sallyport.format.Sha256;

/** What belongs to a record and may be destroyed without it: encrypted bytes, made by {@link KeyHierarchy#seal}. */
public final class SealedPayload {
    private final byte[] bytes;

    SealedPayload(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the SHA-256 of the sealed bytes, which stands in the record. */
    public String digest() {
        return Sha256.hex(bytes);
    }

    /** The bytes themselves, not a copy. */
    byte[] bytes() {
        return bytes;
    }
}
