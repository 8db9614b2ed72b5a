package dev.sallyport.policy;

import java.util.regex.Pattern;

/**
 * A tenant's name, unique on a platform.
 *
 * @param value 1 to 63 characters of {@code [a-z0-9-]}, beginning and ending with a letter or digit
 */
public record TenantId(String value) implements Comparable<TenantId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** The tenant that owns what belongs to nobody else: the platform itself. */
    public static final TenantId PLATFORM = new TenantId("platform");

    /** @throws IllegalArgumentException if the value has not the form above */
    public TenantId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a tenant id is 1 to 63 of a-z, 0-9 and inner hyphens");
        }
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
