package dev.sallyport.format;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 (RFC 8032), the one signature of documents, checkpoints and receipts, by the JDK's own implementation. */
public final class Ed25519 {
    /** The length of a public key's encoding in bytes. */
    public static final int KEY_BYTES = 32;

    /** The length of a signature in bytes. */
    public static final int SIGNATURE_BYTES = 64;

    /** What stands before the 32 bytes in a SubjectPublicKeyInfo (RFC 8410, section 4). */
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /**
     * Signs a message.
     *
     * @return {@value #SIGNATURE_BYTES} bytes
     * @throws IllegalArgumentException if the key cannot sign with Ed25519
     */
    public static byte[] sign(PrivateKey key, byte[] message) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot sign with Ed25519", e);
        }
    }

    /** Tells whether a signature of any bytes is this key's over the message; false for a key of another kind, too. */
    public static boolean verify(PublicKey key, byte[] message, byte[] signature) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Reads a public key.
     *
     * @param encoded the encoding of RFC 8032, section 5.1.5
     * @throws FormatException if it is not {@value #KEY_BYTES} bytes or no point of the curve
     */
    public static PublicKey publicKey(byte[] encoded) {
        if (encoded.length != KEY_BYTES) {
            throw new FormatException("an Ed25519 public key has 32 bytes");
        }
        byte[] spki = Arrays.copyOf(SPKI, SPKI.length + KEY_BYTES);
        System.arraycopy(encoded, 0, spki, SPKI.length, KEY_BYTES);
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
            Signature.getInstance("Ed25519").initVerify(key);
            if (!Arrays.equals(encode(key), encoded)) {
                throw new InvalidKeyException("another encoding of the same point");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new FormatException("an Ed25519 public key is a point of the curve in its one encoding");
        }
    }

    /**
     * Returns the {@value #KEY_BYTES} bytes of a public key, the encoding of RFC 8032, section 5.1.5.
     *
     * @throws IllegalArgumentException if it is no Ed25519 key
     */
    public static byte[] encode(PublicKey key) {
        byte[] spki = key.getEncoded();
        if (spki == null || spki.length != SPKI.length + KEY_BYTES || Arrays.mismatch(spki, SPKI) != SPKI.length) {
            throw new IllegalArgumentException("the key is no Ed25519 public key");
        }
        return Arrays.copyOfRange(spki, SPKI.length, spki.length);
    }
}
