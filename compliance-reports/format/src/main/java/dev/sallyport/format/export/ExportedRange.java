package dev.sallyport.format.export;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.JsonReader;
import dev.sallyport.format.JsonValue;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.format.merkle.RangeProof;
import java.util.HashMap;
import java.util.Map;

/**
 * Which range of whose log a package has, and the hashes around it.
 *
 * @param tenant whose log
 * @param proof the range, whose numbers are at most 2^53 − 1
 */
public record ExportedRange(String tenant, RangeProof proof) {
    /** The version of the form. */
    public static final int VERSION = 1;

    /** @throws IllegalArgumentException if a number is out of bounds */
    public ExportedRange {
        if (proof.to() > JsonValue.MAX_INTEGER) {
            throw new IllegalArgumentException("a tenant's log has at most 2^53 - 1 entries");
        }
    }

    /** Returns the canonical bytes. */
    public byte[] encode() {
        return CanonicalJson.write(json());
    }

    /**
     * Reads a range.
     *
     * @throws FormatException if the bytes are not exactly those of a range of version 1
     */
    public static ExportedRange parse(byte[] bytes) {
        return Hashes.exact(bytes, "range", ExportedRange::read, ExportedRange::json);
    }

    private static ExportedRange read(JsonReader r) {
        var proof = new RangeProof(r.integer("from"), r.integer("to"), Hashes.read(r, "left"), Hashes.read(r, "right"));
        return new ExportedRange(r.text("tenant"), proof);
    }

    private JObject json() {
        var members = new HashMap<String, JsonValue>(Map.of(
                "from", new JInt(proof.from()),
                "tenant", new JString(tenant),
                "to", new JInt(proof.to()),
                "v", new JInt(VERSION)));
        Hashes.put(members, "left", proof.left());
        Hashes.put(members, "right", proof.right());
        return JObject.of(members);
    }
}
