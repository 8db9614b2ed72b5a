package dev.sallyport.format;

import dev.sallyport.format.JsonValue.JArray;
import dev.sallyport.format.JsonValue.JBool;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import java.util.Arrays;

/**
 * Canonical JSON: RFC 8785 restricted to objects, arrays, strings, truth values and integers of at most 2^53 − 1.
 * Equal values have equal bytes, so a digest of the bytes is a digest of the value.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    /**
     * Returns the canonical bytes of a value.
     *
     * @throws IllegalArgumentException if a text has an unpaired surrogate
     */
    public static byte[] write(JsonValue value) {
        var writer = new CanonicalWriter(256);
        write(value, writer);
        return writer.toBytes();
    }

    /**
     * Reads JSON of the subset in any layout: white space and any order of members are accepted.
     *
     * @param bytes UTF-8
     * @throws FormatException if it is not JSON, has a null, a fraction, a name twice, or nests deeper than 64
     */
    public static JsonValue parse(byte[] bytes) {
        return new JsonParser(bytes).parse();
    }

    /**
     * Reads canonical JSON.
     *
     * @param bytes exactly the bytes that {@link #write(JsonValue)} gives for the value
     * @throws FormatException if the bytes are anything else
     */
    public static JsonValue parseCanonical(byte[] bytes) {
        JsonValue value = parse(bytes);
        if (!Arrays.equals(write(value), bytes)) {
            throw new FormatException("the JSON is not in canonical form (RFC 8785)");
        }
        return value;
    }

    static void write(JsonValue value, CanonicalWriter writer) {
        switch (value) {
            case JString(String text) -> writer.string(text);
            case JInt(long number) -> writer.integer(number);
            case JBool(boolean truth) -> writer.bool(truth);
            case JArray array -> {
                writer.beginArray();
                for (JsonValue element : array.elements()) {
                    writer.element();
                    write(element, writer);
                }
                writer.endArray();
            }
            case JObject object -> {
                writer.beginObject();
                object.members().forEach((name, member) -> {
                    writer.name(name);
                    write(member, writer);
                });
                writer.endObject();
            }
        }
    }
}
