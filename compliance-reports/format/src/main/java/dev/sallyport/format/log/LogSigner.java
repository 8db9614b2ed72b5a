package dev.sallyport.format.log;

import dev.sallyport.format.Dsse;
import dev.sallyport.format.Ed25519;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Base64;

/** Signs notes and documents with a named key: a log's, or a witness's. Thread-safe. */
public final class LogSigner {
    private final VerifierKey verifier;
    private final PrivateKey key;

    /**
     * Makes a signer.
     *
     * @param name the key's name; a log's is its origin
     * @param keys an Ed25519 pair
     * @throws IllegalArgumentException if the name is none, or the keys are no pair of Ed25519
     */
    public LogSigner(String name, KeyPair keys) {
        verifier = new VerifierKey(name, keys.getPublic());
        key = keys.getPrivate();
        byte[] trial = verifier.encode().getBytes(StandardCharsets.UTF_8);
        if (!Ed25519.verify(keys.getPublic(), trial, Ed25519.sign(key, trial))) {
            throw new IllegalArgumentException("the private key is not the public key's");
        }
    }

    /** Returns the key by which others verify. */
    public VerifierKey verifier() {
        return verifier;
    }

    /** Returns the signature line for a note's text. */
    public SignedNote.Line sign(String text) {
        byte[] signature = Ed25519.sign(key, text.getBytes(StandardCharsets.UTF_8));
        byte[] blob = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(verifier.id())
                .put(signature)
                .array();
        return new SignedNote.Line(verifier.name(), Base64.getEncoder().encodeToString(blob));
    }

    /** Returns a signed document, whose {@code keyid} is this key's label. */
    public Dsse sign(String payloadType, byte[] payload) {
        return Dsse.sign(payloadType, payload, verifier.label(), key);
    }
}
