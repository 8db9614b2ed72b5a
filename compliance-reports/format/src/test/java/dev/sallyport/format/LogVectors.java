package dev.sallyport.format;

import dev.sallyport.format.JsonValue.JArray;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The vectors that {@code log-vectors/generate.py} wrote: a part of them, taken by the names on the way. */
public record LogVectors(JsonValue value) {
    /** Returns all of them. */
    public static LogVectors all() {
        try (InputStream file =
                Objects.requireNonNull(LogVectors.class.getResourceAsStream("/log-vectors/vectors.json"))) {
            return new LogVectors(CanonicalJson.parse(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a member. */
    public LogVectors at(String name) {
        return new LogVectors(Objects.requireNonNull(((JObject) value).get(name), name));
    }

    /** Returns a member that is a text. */
    public String text(String name) {
        return ((JString) at(name).value).value();
    }

    /** Returns a member that is a number. */
    public long number(String name) {
        return ((JInt) at(name).value).value();
    }

    /** Returns a member that is a list of texts. */
    public List<String> texts(String name) {
        return at(name).list().stream().map(v -> ((JString) v.value).value()).toList();
    }

    /** Returns a member that is a list. */
    public List<LogVectors> list(String name) {
        return at(name).list();
    }

    private List<LogVectors> list() {
        return ((JArray) value).elements().stream().map(LogVectors::new).toList();
    }
}
