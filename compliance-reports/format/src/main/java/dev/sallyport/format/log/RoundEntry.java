package dev.sallyport.format.log;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.JsonReader;
import dev.sallyport.format.JsonValue;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.TreeHead;
import java.util.Arrays;
import java.util.Map;

/**
 * An entry of the platform log: one round of the sequencer, which binds the trees of all tenants.
 *
 * @param index the entry's place in the platform log, from 0
 * @param sequencedAt when the round was, µs since the epoch, UTC; never below the entry's before it
 * @param tenants how many leaves the round tree has, at least 1
 * @param root the round tree's root
 */
public record RoundEntry(long index, long sequencedAt, long tenants, Hash root) {
    /** The version of the form. */
    public static final int VERSION = 1;

    /** @throws IllegalArgumentException if a number is out of bounds: at most 2^53 − 1, as in all JSON here */
    public RoundEntry {
        if (index < 0
                || index > JsonValue.MAX_INTEGER
                || sequencedAt < 0
                || sequencedAt > JsonValue.MAX_INTEGER
                || tenants < 1
                || tenants > JsonValue.MAX_INTEGER) {
            throw new IllegalArgumentException("a round entry has an index, a time and at least one tenant");
        }
    }

    /** Returns the canonical bytes, of which the platform log's leaf is made. */
    public byte[] encode() {
        return CanonicalJson.write(json());
    }

    /** Returns the hash of the leaf. */
    public Hash leaf() {
        return Hash.leaf(encode());
    }

    /** Returns the round tree's head. */
    public TreeHead round() {
        return new TreeHead(tenants, root);
    }

    /**
     * Reads an entry.
     *
     * @throws FormatException if the bytes are not exactly those of an entry of version 1
     */
    public static RoundEntry parse(byte[] bytes) {
        RoundEntry entry = read(new JsonReader(CanonicalJson.parse(bytes), "round entry"));
        if (!Arrays.equals(entry.encode(), bytes)) {
            throw new FormatException("not the canonical form of a round entry of version 1");
        }
        return entry;
    }

    static RoundEntry read(JsonReader r) {
        Hash root = Hash.parse(r.text("root"));
        long index = r.integer("index");
        long sequencedAt = r.integer("sequencedAt");
        long tenants = r.integer("tenants");
        try {
            return new RoundEntry(index, sequencedAt, tenants, root);
        } catch (IllegalArgumentException e) {
            throw new FormatException("not a round entry of version 1: " + e.getMessage());
        }
    }

    JObject json() {
        return JObject.of(Map.of(
                "index", new JInt(index),
                "root", new JString(root.toString()),
                "sequencedAt", new JInt(sequencedAt),
                "tenants", new JInt(tenants),
                "v", new JInt(VERSION)));
    }
}
