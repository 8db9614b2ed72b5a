package dev.sallyport.format;

import dev.sallyport.format.JsonValue.JArray;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A signed payload: DSSE 1.0 (Dead Simple Signing Envelope) with Ed25519 (RFC 8032). What is signed is the pre-
 * authentication encoding of type and payload, so a payload signed for one use is never valid for another.
 */
public final class Dsse {
    private final String payloadType;
    private final byte[] payload;
    private final List<Signed> signatures;

    /**
     * One signature.
     *
     * @param keyid the signer's name for its key: a hint, never trusted
     * @param sig 64 bytes in base64
     */
    public record Signed(String keyid, String sig) {}

    private Dsse(String payloadType, byte[] payload, List<Signed> signatures) {
        this.payloadType = payloadType;
        this.payload = payload;
        this.signatures = List.copyOf(signatures);
    }

    /** Returns what the payload is, a media type. */
    public String payloadType() {
        return payloadType;
    }

    /** Returns a copy of the payload. */
    public byte[] payload() {
        return payload.clone();
    }

    /** Returns the signatures. */
    public List<Signed> signatures() {
        return signatures;
    }

    /**
     * Signs a payload.
     *
     * @param key an Ed25519 private key
     * @throws IllegalArgumentException if the key cannot sign with Ed25519
     */
    public static Dsse sign(String payloadType, byte[] payload, String keyid, PrivateKey key) {
        String sig = Base64.getEncoder().encodeToString(Ed25519.sign(key, pae(payloadType, payload)));
        return new Dsse(payloadType, payload.clone(), List.of(new Signed(keyid, sig)));
    }

    /**
     * Returns the payload with the signatures of both, as when one key takes the place of another.
     *
     * @throws IllegalArgumentException if the other is of another type or payload
     */
    public Dsse with(Dsse other) {
        if (!payloadType.equals(other.payloadType) || !Arrays.equals(payload, other.payload)) {
            throw new IllegalArgumentException("the signatures are of another payload");
        }
        var both = new ArrayList<>(signatures);
        both.addAll(other.signatures);
        return new Dsse(payloadType, payload, both);
    }

    /**
     * Tells whether one of the signatures is this key's, over this type.
     *
     * @param expectedType the type that the reader understands; a payload of another type is not valid
     * @param key an Ed25519 public key
     */
    public boolean verify(String expectedType, PublicKey key) {
        return expectedType.equals(payloadType) && signatures.stream().anyMatch(s -> valid(s.sig(), key));
    }

    private boolean valid(String signature, PublicKey key) {
        try {
            return Ed25519.verify(
                    key, pae(payloadType, payload), Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the pre-authentication encoding: {@code DSSEv1 SP len(type) SP type SP len(payload) SP payload}. */
    public static byte[] pae(String payloadType, byte[] payload) {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(payload.length + type.length + 32);
        out.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(type);
        out.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /** Returns the envelope in canonical JSON: {@code payload}, {@code payloadType}, {@code signatures[{keyid,sig}]}. */
    public byte[] encode() {
        List<JsonValue> signed = signatures.stream()
                .<JsonValue>map(s -> JObject.of(Map.of("keyid", new JString(s.keyid()), "sig", new JString(s.sig()))))
                .toList();
        return CanonicalJson.write(JObject.of(Map.of(
                "payload", new JString(Base64.getEncoder().encodeToString(payload)),
                "payloadType", new JString(payloadType),
                "signatures", new JArray(signed))));
    }

    /**
     * Reads an envelope; other members and any layout are accepted, since other programs write DSSE too.
     *
     * @throws FormatException if a part is missing or the payload is not base64
     */
    public static Dsse parse(byte[] bytes) {
        var r = new JsonReader(CanonicalJson.parse(bytes), "envelope");
        List<Signed> signed =
                r.objects("signatures", s -> new Signed(s.has("keyid") ? s.text("keyid") : "", s.text("sig")));
        try {
            return new Dsse(r.text("payloadType"), Base64.getDecoder().decode(r.text("payload")), signed);
        } catch (IllegalArgumentException e) {
            throw new FormatException("the payload of the signed envelope is not base64");
        }
    }
}
