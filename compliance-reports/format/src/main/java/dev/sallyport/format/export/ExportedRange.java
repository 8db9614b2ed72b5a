package dev.sallyport.format.export;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.JsonReader;
import dev.sallyport.format.JsonValue;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.format.merkle.CompactRange;
import dev.sallyport.format.merkle.ConsistencyProof;
import dev.sallyport.format.merkle.Hash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which range of whose log a package has, and the hashes around it: appending the range's leaves to the tree before it
 * gives the tree of size {@code to}, which {@code right} shows to be the beginning of the signed one.
 *
 * @param tenant whose log
 * @param from the index of the first entry, from 0
 * @param to the index after the last, at least {@code from}, at most 2^53 − 1
 * @param left the full nodes of the tree before the range, from left to right, one for each 1 in {@code from}; copied
 * @param right the proof that the checkpoint's tree continues the one of size {@code to}
 */
public record ExportedRange(String tenant, long from, long to, List<Hash> left, ConsistencyProof right) {
    /** The version of the form. */
    public static final int VERSION = 1;

    /** @throws IllegalArgumentException if a number is out of bounds or {@code left} has not as many hashes as it asks */
    public ExportedRange {
        if (from < 0 || from > to || to > JsonValue.MAX_INTEGER) {
            throw new IllegalArgumentException("a range is from 0 up to at most 2^53 - 1, and begins before it ends");
        }
        if (left.size() != Long.bitCount(from)) {
            throw new IllegalArgumentException("a range has a hash on the left for each 1 in its beginning");
        }
        left = List.copyOf(left);
    }

    /** Returns the tree before the range, to which its leaves are appended one after the other. */
    public CompactRange begin() {
        return CompactRange.of(from, nodes -> left);
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
        return new ExportedRange(
                r.text("tenant"),
                r.integer("from"),
                r.integer("to"),
                Hashes.read(r, "left"),
                new ConsistencyProof(Hashes.read(r, "right")));
    }

    private JObject json() {
        var members = new HashMap<String, JsonValue>(Map.of(
                "from", new JInt(from),
                "tenant", new JString(tenant),
                "to", new JInt(to),
                "v", new JInt(VERSION)));
        Hashes.put(members, "left", left);
        Hashes.put(members, "right", right.path());
        return JObject.of(members);
    }
}
