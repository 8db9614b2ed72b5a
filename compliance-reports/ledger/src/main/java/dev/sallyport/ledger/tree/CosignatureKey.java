package dev.sallyport.ledger.tree;

import dev.sallyport.format.Ed25519;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.log.SignedNote;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The key of a witness that signs with a time: <a href="https://c2sp.org/tlog-cosignature">C2SP tlog-cosignature</a>,
 * version 1, of the type 0x04.
 *
 * @param name the witness's name
 * @param key an Ed25519 key
 */
public record CosignatureKey(String name, PublicKey key) {
    private static final byte TYPE = 4;
    private static final String HEADER = "cosignature/v1\ntime ";

    /**
     * Reads {@code name+id+base64(0x04 ‖ key)}.
     *
     * @throws IllegalArgumentException if it is anything else, or the id is not the key's
     */
    public static CosignatureKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a witness's key is name+id+key");
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 1 + Ed25519.KEY_BYTES || typed[0] != TYPE) {
            throw new IllegalArgumentException("a witness's key is of the type 0x04 and has 32 bytes");
        }
        try {
            var key = new CosignatureKey(parts[0], Ed25519.publicKey(Arrays.copyOfRange(typed, 1, typed.length)));
            if (HexFormat.of().toHexDigits(key.id()).equals(parts[1])) {
                return key;
            }
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        throw new IllegalArgumentException("a witness's key has the id of its name and key, in hexadecimal digits");
    }

    /** Returns the first 4 bytes of {@code SHA-256(name ‖ 0x0A ‖ 0x04 ‖ key)}. */
    public int id() {
        var hashed = new ByteArrayOutputStream();
        hashed.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        hashed.write('\n');
        hashed.write(TYPE);
        hashed.writeBytes(Ed25519.encode(key));
        return ByteBuffer.wrap(Sha256.digest(hashed.toByteArray())).getInt();
    }

    /** Tells whether a signature line is this key's cosignature of a note. */
    public boolean cosigned(SignedNote note, SignedNote.Line line) {
        byte[] blob = Base64.getDecoder().decode(line.blob());
        if (!line.name().equals(name)
                || line.keyId() != id()
                || blob.length != Integer.BYTES + Long.BYTES + Ed25519.SIGNATURE_BYTES) {
            return false;
        }
        long time = ByteBuffer.wrap(blob).getLong(Integer.BYTES);
        byte[] signature = Arrays.copyOfRange(blob, Integer.BYTES + Long.BYTES, blob.length);
        return time > 0
                && Ed25519.verify(
                        key, (HEADER + time + "\n" + note.text()).getBytes(StandardCharsets.UTF_8), signature);
    }
}
