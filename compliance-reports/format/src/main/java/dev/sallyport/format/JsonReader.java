package dev.sallyport.format;

import dev.sallyport.format.JsonValue.JArray;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes an object's members as the types that they should have; what has another type is a {@link FormatException}. */
public final class JsonReader {
    private final JObject object;
    private final String place;

    /**
     * Reads an object.
     *
     * @param place what it is, for messages
     * @throws FormatException if the value is no object
     */
    public JsonReader(JsonValue value, String place) {
        if (!(value instanceof JObject members)) {
            throw new FormatException(place + " is an object");
        }
        this.object = members;
        this.place = place;
    }

    boolean has(String name) {
        return object.get(name) != null;
    }

    /** Returns a member's text. */
    public String text(String name) {
        return asText(member(name), name);
    }

    @Nullable
    String textOrNull(String name) {
        return has(name) ? text(name) : null;
    }

    /** Returns a member's text where there is one. */
    public Optional<String> textIfAny(String name) {
        return Optional.ofNullable(textOrNull(name));
    }

    /** Returns a member's integer. */
    public long integer(String name) {
        return asInteger(member(name), name);
    }

    OptionalLong integerIfAny(String name) {
        return has(name) ? OptionalLong.of(integer(name)) : OptionalLong.empty();
    }

    <E> E word(String name, E[] words, Function<E, String> code) {
        String read = text(name);
        for (E word : words) {
            if (code.apply(word).equals(read)) {
                return word;
            }
        }
        throw new FormatException(place + "." + name + " is none of its words");
    }

    /** Returns what is read from a member that is an object. */
    public <T> T object(String name, Function<JsonReader, T> read) {
        return read.apply(new JsonReader(member(name), place + "." + name));
    }

    <T> @Nullable T objectOrNull(String name, Function<JsonReader, T> read) {
        return has(name) ? object(name, read) : null;
    }

    JObject any(String name) {
        return has(name) && member(name) instanceof JObject members ? members : JObject.EMPTY;
    }

    <T> List<T> objects(String name, Function<JsonReader, T> read) {
        var list = new ArrayList<T>();
        for (JsonValue element : elements(name)) {
            list.add(read.apply(new JsonReader(element, place + "." + name + "[" + list.size() + "]")));
        }
        return list;
    }

    /** Returns the texts of a member that is an array; none when it is absent. */
    public List<String> texts(String name) {
        return elements(name).stream().map(e -> asText(e, name)).toList();
    }

    Map<String, String> strings(String name) {
        var map = new TreeMap<String, String>();
        any(name).members().forEach((key, value) -> map.put(key, asText(value, name)));
        return map;
    }

    Map<String, Map<String, Long>> bands(String name) {
        var map = new TreeMap<String, Map<String, Long>>();
        any(name).members().forEach((key, value) -> {
            var bands = new TreeMap<String, Long>();
            new JsonReader(value, place + "." + name)
                    .object
                    .members()
                    .forEach((band, rows) -> bands.put(band, asInteger(rows, name)));
            map.put(key, bands);
        });
        return map;
    }

    private List<JsonValue> elements(String name) {
        if (!has(name)) {
            return List.of();
        }
        if (!(member(name) instanceof JArray array)) {
            throw new FormatException(place + "." + name + " is an array");
        }
        return array.elements();
    }

    private JsonValue member(String name) {
        JsonValue value = object.get(name);
        if (value == null) {
            throw new FormatException(place + "." + name + " is missing");
        }
        return value;
    }

    private String asText(JsonValue value, String name) {
        if (!(value instanceof JString(String text))) {
            throw new FormatException(place + "." + name + " is a string");
        }
        return text;
    }

    private long asInteger(JsonValue value, String name) {
        if (!(value instanceof JInt(long number))) {
            throw new FormatException(place + "." + name + " is an integer");
        }
        return number;
    }
}
