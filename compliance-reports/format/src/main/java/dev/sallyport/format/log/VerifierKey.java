package dev.sallyport.format.log;

import dev.sallyport.format.Ed25519;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A named public key that verifies notes: the vkey of C2SP signed-note, of the type Ed25519 (0x01).
 *
 * @param name whose key it is; a log's key has the log's origin as its name; without white space and {@code +}
 * @param key an Ed25519 key
 */
public record VerifierKey(String name, PublicKey key) {
    private static final byte ED25519 = 1;

    /** @throws IllegalArgumentException if the name is none or the key no Ed25519 key */
    public VerifierKey {
        if (!NoteText.isName(name)) {
            throw new IllegalArgumentException("a key's name has no white space and no +");
        }
        Ed25519.encode(key);
    }

    /**
     * Reads {@code name+id+base64(0x01 ‖ key)}.
     *
     * @throws FormatException if it is anything else, or the id is not the key's
     */
    public static VerifierKey parse(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw new FormatException("a verifier key is name+id+key");
        }
        byte[] typed = NoteText.base64(parts[2], "a verifier key's key");
        if (typed.length != 1 + Ed25519.KEY_BYTES || typed[0] != ED25519) {
            throw new FormatException("a verifier key is of the type Ed25519, 0x01, and has 32 bytes");
        }
        if (!NoteText.isName(parts[0])) {
            throw new FormatException("a verifier key's name has no white space and no +");
        }
        var key = new VerifierKey(parts[0], Ed25519.publicKey(Arrays.copyOfRange(typed, 1, typed.length)));
        if (!key.encode().equals(vkey)) {
            throw new FormatException("a verifier key has the id of its name and key, in hexadecimal digits");
        }
        return key;
    }

    /** Returns {@code name+id+base64(0x01 ‖ key)}. */
    public String encode() {
        return label() + "+" + Base64.getEncoder().encodeToString(typed());
    }

    /** Returns {@code name+id}, by which documents name the key that signed them. */
    public String label() {
        return name + "+" + HexFormat.of().toHexDigits(id());
    }

    /** Returns the first 4 bytes of {@code SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)}: a hint, never a proof. */
    public int id() {
        var hashed = new ByteArrayOutputStream();
        hashed.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        hashed.write('\n');
        hashed.writeBytes(typed());
        byte[] digest = Sha256.digest(hashed.toByteArray());
        return HexFormat.fromHexDigits(HexFormat.of().formatHex(digest, 0, 4));
    }

    private byte[] typed() {
        byte[] encoded = Ed25519.encode(key);
        var typed = new byte[1 + encoded.length];
        typed[0] = ED25519;
        System.arraycopy(encoded, 0, typed, 1, encoded.length);
        return typed;
    }
}
