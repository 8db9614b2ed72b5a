package dev.sallyport.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A JSON value of the subset that records use: no null, no fractions. Immutable. */
public sealed interface JsonValue {

    /** The largest integer, and with a minus sign the smallest, that canonical JSON may hold: 2^53 − 1 (RFC 7493). */
    long MAX_INTEGER = (1L << 53) - 1;

    /**
     * An object.
     *
     * @param members its members; copied, and kept in the canonical order of their names (UTF-16 code units)
     */
    record JObject(SortedMap<String, JsonValue> members) implements JsonValue {
        /** An object without members. */
        public static final JObject EMPTY = new JObject(Collections.emptySortedMap());

        /** Copies the members. */
        public JObject {
            members = Collections.unmodifiableSortedMap(new TreeMap<String, JsonValue>(members));
        }

        /** Returns an object of these members, which may come in any order. */
        public static JObject of(Map<String, ? extends JsonValue> members) {
            return new JObject(new TreeMap<>(members));
        }

        /** Returns the member of this name, or null when there is none. */
        public @Nullable JsonValue get(String name) {
            return members.get(name);
        }
    }

    /**
     * An array.
     *
     * @param elements its elements in their order; copied
     */
    record JArray(List<JsonValue> elements) implements JsonValue {
        /** Copies the elements. */
        public JArray {
            elements = List.copyOf(elements);
        }

        /** Returns an array of strings. */
        public static JArray ofStrings(Iterable<String> strings) {
            var elements = new ArrayList<JsonValue>();
            strings.forEach(s -> elements.add(new JString(s)));
            return new JArray(elements);
        }
    }

    /**
     * A string.
     *
     * @param value its text, without unpaired surrogates
     */
    record JString(String value) implements JsonValue {}

    /**
     * An integer.
     *
     * @param value between −(2^53 − 1) and 2^53 − 1, both inclusive
     */
    record JInt(long value) implements JsonValue {
        /** @throws IllegalArgumentException if the value is out of bounds */
        public JInt {
            if (value > MAX_INTEGER || value < -MAX_INTEGER) {
                throw new IllegalArgumentException("an integer in canonical JSON is at most 2^53 - 1: " + value);
            }
        }
    }

    /**
     * A truth value.
     *
     * @param value the value
     */
    record JBool(boolean value) implements JsonValue {}
}
