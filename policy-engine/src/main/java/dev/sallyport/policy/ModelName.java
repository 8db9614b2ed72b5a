package dev.sallyport.policy;

import java.util.regex.Pattern;

/**
 * A model's name, as its owner or a tenant it is granted to knows it.
 *
 * @param value 1 to 128 characters of {@code [A-Za-z0-9_.-]}
 */
public record ModelName(String value) implements Comparable<ModelName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    /** @throws IllegalArgumentException if the value has not the form above */
    public ModelName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a model name is 1 to 128 of A-Z, a-z, 0-9, _, . and -");
        }
    }

    @Override
    public int compareTo(ModelName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
