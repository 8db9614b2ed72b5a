package dev.sallyport.ledger.receipt;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.Ed25519;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.format.receipt.KeyCertificate;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * A period of a node's receipt key, which the node registers and the log key certifies.
 *
 * @param node the node
 * @param key its public key
 * @param notBefore the first µs since the epoch of receipts that it signs
 * @param notAfter the last one
 */
record KeyPeriod(String node, PublicKey key, long notBefore, long notAfter) {
    private static final int VERSION = 1;

    /** Returns what the MAC is over: canonical, so that no other period has the same bytes. */
    byte[] registered() {
        return CanonicalJson.write(JObject.of(Map.of(
                "key", new JString(Base64.getEncoder().encodeToString(Ed25519.encode(key))),
                "node", new JString(node),
                "notAfter", new JInt(notAfter),
                "notBefore", new JInt(notBefore),
                "v", new JInt(VERSION))));
    }

    /** Returns what a log of this origin signs of it. */
    KeyCertificate certificate(String origin) {
        return new KeyCertificate(origin, node, key, notBefore, notAfter);
    }

    boolean covers(long at) {
        return notBefore <= at && at <= notAfter;
    }

    static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }
}
