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
import java.util.regex.Pattern;

/**
 * A leaf of a round tree: one tenant's tree as it was in that round.
 *
 * @param tenant 1 to 63 of {@code a-z}, {@code 0-9} and inner hyphens
 * @param head the tree's size, from 0 to 2^53 − 1, and root
 */
public record RoundLeaf(String tenant, TreeHead head) {
    /** The version of the form. */
    public static final int VERSION = 1;

    private static final Pattern TENANT = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** @throws IllegalArgumentException if the tenant's name or the size is not as above */
    public RoundLeaf {
        if (!TENANT.matcher(tenant).matches() || head.size() < 0 || head.size() > JsonValue.MAX_INTEGER) {
            throw new IllegalArgumentException("a round's leaf has a tenant and a size of at most 2^53 - 1");
        }
    }

    /** Returns the canonical bytes, of which the leaf is made. */
    public byte[] encode() {
        return CanonicalJson.write(json());
    }

    /** Returns the hash of the leaf. */
    public Hash leaf() {
        return Hash.leaf(encode());
    }

    /**
     * Reads a leaf.
     *
     * @throws FormatException if the bytes are not exactly those of a leaf of version 1
     */
    public static RoundLeaf parse(byte[] bytes) {
        RoundLeaf leaf = read(new JsonReader(CanonicalJson.parse(bytes), "round leaf"));
        if (!Arrays.equals(leaf.encode(), bytes)) {
            throw new FormatException("not the canonical form of a round's leaf of version 1");
        }
        return leaf;
    }

    static RoundLeaf read(JsonReader r) {
        String tenant = r.text("tenant");
        var head = new TreeHead(r.integer("size"), Hash.parse(r.text("root")));
        try {
            return new RoundLeaf(tenant, head);
        } catch (IllegalArgumentException e) {
            throw new FormatException("not a round's leaf of version 1: " + e.getMessage());
        }
    }

    JObject json() {
        return JObject.of(Map.of(
                "root", new JString(head.root().toString()),
                "size", new JInt(head.size()),
                "tenant", new JString(tenant),
                "v", new JInt(VERSION)));
    }
}
