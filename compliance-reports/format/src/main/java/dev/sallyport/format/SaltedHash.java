package dev.sallyport.format;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The hash that stands in a record for a fact which a reader could guess or which is personal:
 * {@code SHA-256(salt ‖ name ‖ 0x00 ‖ value)}, each fact with a salt of its own. The salt and the value stand in the
 * sealed payload; once they are destroyed the hash says nothing.
 */
public final class SaltedHash {
    /** The length of a salt in bytes: 128 bits. */
    public static final int SALT_BYTES = 16;

    private SaltedHash() {}

    /**
     * Returns the hash as 64 lower-case hexadecimal digits.
     *
     * @param salt {@value #SALT_BYTES} random bytes
     * @param name the fact's name, as in the record; without a NUL
     * @param value the fact's value, UTF-8 encoded before hashing
     * @throws IllegalArgumentException if the salt has another length or the name a NUL
     */
    public static String of(byte[] salt, String name, String value) {
        if (salt.length != SALT_BYTES || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a salted hash takes a salt of 16 bytes and a name without NUL");
        }
        var digest = Sha256.begin();
        digest.update(salt);
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(value.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }
}
