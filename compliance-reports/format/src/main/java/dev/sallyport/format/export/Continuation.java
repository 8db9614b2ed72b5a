package dev.sallyport.format.export;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.JsonReader;
import dev.sallyport.format.JsonValue;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.format.merkle.ConsistencyProof;
import java.util.HashMap;
import java.util.Map;

/**
 * A proof that an older tree continues in the one of the package's checkpoint.
 *
 * @param tree which tree
 * @param size the older tree's size, from 0 to 2^53 − 1
 * @param proof to the checkpoint's size
 */
public record Continuation(Tree tree, long size, ConsistencyProof proof) {
    /** The version of the form. */
    public static final int VERSION = 1;

    /** Which tree. */
    public enum Tree {
        /** The tenant's. */
        TENANT("tenant"),
        /** The platform log. */
        LOG("log");

        private final String code;

        Tree(String code) {
            this.code = code;
        }

        static Tree of(String code) {
            for (Tree tree : values()) {
                if (tree.code.equals(code)) {
                    return tree;
                }
            }
            throw new FormatException("a continuation's tree is tenant or log");
        }
    }

    /** @throws IllegalArgumentException if the size is out of bounds */
    public Continuation {
        if (size < 0 || size > JsonValue.MAX_INTEGER) {
            throw new IllegalArgumentException("a size is 0 to 2^53 - 1");
        }
    }

    /** Returns the canonical bytes. */
    public byte[] encode() {
        return CanonicalJson.write(json());
    }

    /**
     * Reads a continuation.
     *
     * @throws FormatException if the bytes are not exactly those of one of version 1
     */
    public static Continuation parse(byte[] bytes) {
        return Hashes.exact(bytes, "continuation", Continuation::read, Continuation::json);
    }

    private static Continuation read(JsonReader r) {
        return new Continuation(
                Tree.of(r.text("tree")), r.integer("size"), new ConsistencyProof(Hashes.read(r, "path")));
    }

    private JObject json() {
        var members = new HashMap<String, JsonValue>(
                Map.of("size", new JInt(size), "tree", new JString(tree.code), "v", new JInt(VERSION)));
        Hashes.put(members, "path", proof.path());
        return JObject.of(members);
    }
}
