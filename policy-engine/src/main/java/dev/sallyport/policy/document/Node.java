package dev.sallyport.policy.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of a document's tree. */
public sealed interface Node {
    /**
     * Where it stands in the tree.
     *
     * @return such as {@code spec.input.required[2]}; empty for the root
     */
    String path();

    /**
     * Where it begins in the text.
     *
     * @return the position of its first character
     */
    Position position();

    /**
     * What it is, as errors call it.
     *
     * @return such as {@code a list}
     */
    String kind();

    /**
     * Keys with values, each key once.
     *
     * @param path where it stands in the tree
     * @param position where it begins
     * @param entries in the order of the text
     */
    record Mapping(String path, Position position, List<Entry> entries) implements Node {
        /** Keeps its own copy. */
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /**
     * A key and its value.
     *
     * @param key the key
     * @param position where the key begins
     * @param value the value
     */
    record Entry(String key, Position position, Node value) {}

    /**
     * A list.
     *
     * @param path where it stands in the tree
     * @param position where it begins
     * @param items in the order of the text
     */
    record Sequence(String path, Position position, List<Node> items) implements Node {
        /** Keeps its own copy. */
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A single value.
     *
     * @param path where it stands in the tree
     * @param position where it begins
     * @param value a {@link String}, {@link Boolean}, {@link java.math.BigInteger}, {@link Double}, or null
     */
    record Scalar(String path, Position position, @Nullable Object value) implements Node {
        @Override
        public String kind() {
            return switch (value) {
                case null -> "nothing";
                case Boolean b -> "the boolean " + b;
                case Number n -> "the number " + n;
                default -> "a text";
            };
        }
    }
}
