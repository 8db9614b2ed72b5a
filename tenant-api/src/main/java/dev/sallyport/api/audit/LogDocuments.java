package dev.sallyport.api.audit;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.JsonValue;
import dev.sallyport.format.JsonValue.JArray;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.merkle.ConsistencyProof;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.ledger.tree.PublishedLogKey;
import dev.sallyport.ledger.tree.RecordProof;
import dev.sallyport.policy.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is told of the log as documents: canonical JSON of version 1, as docs/log-format.md has them. */
final class LogDocuments {
    private static final JInt VERSION = new JInt(1);

    private LogDocuments() {}

    static byte[] proof(TenantId tenant, String record, RecordProof proof) {
        Map<String, JsonValue> members = new HashMap<>(Map.of(
                "checkpoint",
                CanonicalJson.parse(proof.checkpoint().encode()),
                "envelope",
                CanonicalJson.parse(proof.envelope().encode()),
                "record",
                new JString(record),
                "tenant",
                new JString(tenant.value()),
                "v",
                VERSION));
        putPath(members, proof.proof().path());
        return CanonicalJson.write(JObject.of(members));
    }

    /** A proof of a tenant's tree, or, without a tenant, of the platform log. */
    static byte[] consistency(@Nullable TenantId tenant, long from, long to, ConsistencyProof proof) {
        Map<String, JsonValue> members = new HashMap<>(Map.of(
                "from", new JInt(from),
                "to", new JInt(to),
                "tree", new JString(tenant == null ? "log" : "tenant"),
                "v", VERSION));
        if (tenant != null) {
            members.put("tenant", new JString(tenant.value()));
        }
        putPath(members, proof.path());
        return CanonicalJson.write(JObject.of(members));
    }

    static byte[] keys(List<PublishedLogKey> keys, List<byte[]> certificates) {
        return CanonicalJson.write(JObject.of(Map.of(
                "keys", new JArray(keys.stream().map(LogDocuments::key).toList()),
                "receiptKeys",
                        new JArray(
                                certificates.stream().map(CanonicalJson::parse).toList()),
                "v", VERSION)));
    }

    private static JsonValue key(PublishedLogKey key) {
        String vkey = key.key().encode();
        Map<String, JsonValue> members = new HashMap<>(Map.of(
                "fingerprint", new JString(Sha256.hex(vkey.getBytes(StandardCharsets.UTF_8))),
                "since", new JString(key.since().toString()),
                "vkey", new JString(vkey)));
        Instant until = key.until();
        if (until != null) {
            members.put("until", new JString(until.toString()));
        }
        return JObject.of(members);
    }

    private static void putPath(Map<String, JsonValue> members, List<Hash> path) {
        if (!path.isEmpty()) {
            members.put(
                    "path", JArray.ofStrings(path.stream().map(Hash::toString).toList()));
        }
    }
}
