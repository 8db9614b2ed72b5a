package dev.sallyport.format.export;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.JsonReader;
import dev.sallyport.format.JsonValue;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.format.Ulid;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in a package in place of a record that is not there.
 *
 * @param index the entry's index, from 0 to 2^53 − 1
 * @param purged the id of the record that tells of the purge; empty if nothing accounts for the absence
 */
public record AbsentRecord(long index, Optional<String> purged) {
    /** The version of the form. */
    public static final int VERSION = 1;

    private static final byte[] BEGINNING = "{\"index\":".getBytes(StandardCharsets.US_ASCII);

    /** @throws IllegalArgumentException if the index is out of bounds or the id no ULID */
    public AbsentRecord {
        if (index < 0
                || index > JsonValue.MAX_INTEGER
                || !purged.map(Ulid::isUlid).orElse(true)) {
            throw new IllegalArgumentException("an absent record has an index, and perhaps the id of another record");
        }
    }

    /** Tells whether a line is not a record: a record's first member is never {@code index}. */
    public static boolean isOne(byte[] line) {
        return line.length >= BEGINNING.length
                && Arrays.equals(line, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length);
    }

    /** Returns the canonical bytes. */
    public byte[] encode() {
        return CanonicalJson.write(json());
    }

    /**
     * Reads the line.
     *
     * @throws FormatException if the bytes are not exactly those of one of version 1
     */
    public static AbsentRecord parse(byte[] bytes) {
        return Hashes.exact(bytes, "absent record", AbsentRecord::read, AbsentRecord::json);
    }

    private static AbsentRecord read(JsonReader r) {
        return new AbsentRecord(r.integer("index"), r.textIfAny("purged"));
    }

    private JObject json() {
        var members = new HashMap<String, JsonValue>(Map.of("index", new JInt(index), "v", new JInt(VERSION)));
        purged.ifPresent(id -> members.put("purged", new JString(id)));
        return JObject.of(members);
    }
}
