package dev.sallyport.format.export;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.JsonReader;
import dev.sallyport.format.JsonValue;
import dev.sallyport.format.JsonValue.JArray;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.merkle.Hash;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Arrays of hashes in JSON, left out when empty, and the reading of forms that have one writing. */
final class Hashes {
    private Hashes() {}

    static void put(Map<String, JsonValue> members, String name, List<Hash> hashes) {
        if (!hashes.isEmpty()) {
            members.put(
                    name, JArray.ofStrings(hashes.stream().map(Hash::toString).toList()));
        }
    }

    static List<Hash> read(JsonReader r, String name) {
        return r.texts(name).stream().map(Hash::parse).toList();
    }

    /** Reads what is written again and compared: other names, orders and versions are refused without looking. */
    static <T> T exact(byte[] bytes, String what, Function<JsonReader, T> read, Function<T, JObject> json) {
        T value;
        try {
            value = read.apply(new JsonReader(CanonicalJson.parse(bytes), what));
        } catch (IllegalArgumentException e) {
            throw new FormatException("not a " + what + " of version 1: " + e.getMessage());
        }
        if (!Arrays.equals(CanonicalJson.write(json.apply(value)), bytes)) {
            throw new FormatException("not the canonical form of a " + what + " of version 1");
        }
        return value;
    }
}
