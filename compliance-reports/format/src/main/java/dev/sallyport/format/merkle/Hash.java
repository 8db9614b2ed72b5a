package dev.sallyport.format.merkle;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.Sha256;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value: of a leaf, of a node, of a tree, or a record's digest. Immutable. */
public final class Hash {
    /** The length in bytes. */
    public static final int BYTES = 32;

    /** The root of the tree without leaves: the SHA-256 of no bytes. */
    public static final Hash EMPTY_TREE = new Hash(Sha256.digest(new byte[0]));

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the hash of these bytes, which are copied.
     *
     * @throws FormatException if they are not {@value #BYTES}
     */
    public static Hash of(byte[] bytes) {
        return at(bytes, 0, bytes.length);
    }

    /**
     * Reads 64 lower-case hexadecimal digits.
     *
     * @throws FormatException if they are anything else
     */
    public static Hash parse(String hex) {
        if (hex.length() == 2 * BYTES) {
            try {
                var hash = new Hash(HexFormat.of().parseHex(hex));
                if (hash.toString().equals(hex)) {
                    return hash;
                }
            } catch (IllegalArgumentException e) {
                throw unreadable();
            }
        }
        throw unreadable();
    }

    /** Returns the hash of a leaf: {@code SHA-256(0x00 ‖ entry)} (RFC 9162, section 2.1.1). */
    public static Hash leaf(byte[] entry) {
        var hashed = new byte[1 + entry.length];
        hashed[0] = LEAF;
        System.arraycopy(entry, 0, hashed, 1, entry.length);
        return new Hash(Sha256.digest(hashed));
    }

    /** Returns the hash of a node: {@code SHA-256(0x01 ‖ left ‖ right)} (RFC 9162, section 2.1.1). */
    public static Hash node(Hash left, Hash right) {
        var hashed = new byte[1 + 2 * BYTES];
        hashed[0] = NODE;
        System.arraycopy(left.bytes, 0, hashed, 1, BYTES);
        System.arraycopy(right.bytes, 0, hashed, 1 + BYTES, BYTES);
        return new Hash(Sha256.digest(hashed));
    }

    /** Takes the hash out of a longer array. */
    static Hash at(byte[] array, int from, int to) {
        if (to - from != BYTES) {
            throw new FormatException("a hash has 32 bytes");
        }
        return new Hash(Arrays.copyOfRange(array, from, to));
    }

    private static FormatException unreadable() {
        return new FormatException("a hash is 64 lower-case hexadecimal digits");
    }

    /** Returns a copy of the {@value #BYTES} bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns 64 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
