package dev.sallyport.format.receipt;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.Dsse;
import dev.sallyport.format.Ed25519;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.JsonReader;
import dev.sallyport.format.JsonValue;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.log.LogSigner;
import dev.sallyport.format.log.VerifierKey;
import dev.sallyport.format.receipt.CertificateVerdict.Malformed;
import dev.sallyport.format.receipt.CertificateVerdict.NotSigned;
import dev.sallyport.format.receipt.CertificateVerdict.Valid;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The log's word that a key signs a node's receipts.
 *
 * @param log the log's origin, the name of the key that certifies
 * @param node the node, 1 to {@value Receipt#MAX_NODE_BYTES} bytes of UTF-8
 * @param key the node's receipt key, Ed25519
 * @param notBefore the first µs since the epoch of receipts that the key may sign
 * @param notAfter the last one, not before the first
 */
public record KeyCertificate(String log, String node, PublicKey key, long notBefore, long notAfter) {
    /** The version of the form. */
    public static final int VERSION = 1;

    /** The type of the signed document. */
    public static final String PAYLOAD_TYPE = "application/vnd.sallyport.receipt-key+json";

    private static final int KEY_ID_BYTES = 8;

    /** @throws IllegalArgumentException if a part is not as above */
    public KeyCertificate {
        Ed25519.encode(key);
        if (log.isEmpty()
                || !Receipt.isNode(node)
                || notBefore < 0
                || notAfter < notBefore
                || notAfter > JsonValue.MAX_INTEGER) {
            throw new IllegalArgumentException("a certificate has a log, a node and two times in their order");
        }
    }

    /** Returns the first 8 bytes of the SHA-256 of a key's 32 bytes, in hexadecimal digits: a hint, never a proof. */
    public static String keyId(PublicKey key) {
        return HexFormat.of().formatHex(Sha256.digest(Ed25519.encode(key)), 0, KEY_ID_BYTES);
    }

    /** Tells whether the key may sign receipts of this time. */
    public boolean covers(long at) {
        return notBefore <= at && at <= notAfter;
    }

    /**
     * Signs the certificate.
     *
     * @param signers the log's keys that sign now: two while one takes the place of the other
     * @return the bytes of the signed document
     * @throws IllegalArgumentException if there is none, or one is another log's
     */
    public byte[] sign(List<LogSigner> signers) {
        if (!signers.stream().allMatch(signer -> signer.verifier().name().equals(log))) {
            throw new IllegalArgumentException("a log certifies with its own keys");
        }
        return signers.stream()
                .map(signer -> signer.sign(PAYLOAD_TYPE, encode()))
                .reduce(Dsse::with)
                .orElseThrow(() -> new IllegalArgumentException("a certificate has a signature"))
                .encode();
    }

    /**
     * Checks a signed certificate. Never throws.
     *
     * @param document the bytes of the signed document, whatever they are
     * @param logKeys the log's keys that the reader trusts; only one that has the log's name counts
     */
    public static CertificateVerdict verify(byte[] document, Collection<VerifierKey> logKeys) {
        Dsse signed;
        KeyCertificate certificate;
        try {
            signed = Dsse.parse(document);
            certificate = parse(signed.payload());
        } catch (FormatException e) {
            return new Malformed(String.valueOf(e.getMessage()));
        }
        boolean valid = logKeys.stream()
                .filter(key -> key.name().equals(certificate.log))
                .anyMatch(key -> signed.verify(PAYLOAD_TYPE, key.key()));
        return valid ? new Valid(certificate) : new NotSigned(certificate.log);
    }

    private byte[] encode() {
        return CanonicalJson.write(JObject.of(Map.of(
                "key", new JString(Base64.getEncoder().encodeToString(Ed25519.encode(key))),
                "log", new JString(log),
                "node", new JString(node),
                "notAfter", new JInt(notAfter),
                "notBefore", new JInt(notBefore),
                "v", new JInt(VERSION))));
    }

    private static KeyCertificate parse(byte[] payload) {
        var r = new JsonReader(CanonicalJson.parse(payload), "certificate");
        KeyCertificate certificate;
        try {
            PublicKey key = Ed25519.publicKey(Base64.getDecoder().decode(r.text("key")));
            certificate = new KeyCertificate(
                    r.text("log"), r.text("node"), key, r.integer("notBefore"), r.integer("notAfter"));
        } catch (IllegalArgumentException e) {
            throw new FormatException("not a certificate of version 1: " + e.getMessage());
        }
        if (!Arrays.equals(certificate.encode(), payload)) {
            throw new FormatException("not the canonical form of a certificate of version 1");
        }
        return certificate;
    }
}
