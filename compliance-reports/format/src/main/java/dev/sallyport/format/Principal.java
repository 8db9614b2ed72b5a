package dev.sallyport.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asked.
 *
 * @param type what kind of principal
 * @param id a key's id, an address prefix, or the part of the service that acted; never a secret
 * @param role the role under which it asked; null when it has none
 * @param groups the tenant's own groups that it was in, as conditions saw them
 */
public record Principal(Type type, String id, @Nullable String role, List<String> groups) {

    /** The kinds of principal. */
    public enum Type {
        /** An API key. */
        KEY("key"),
        /** Nobody that is known: a prefix of the address the call came from. */
        ADDRESS("address"),
        /** The service itself. */
        SYSTEM("system");

        private final String code;

        Type(String code) {
            this.code = code;
        }

        /** Returns the word that stands in a record. */
        public String code() {
            return code;
        }
    }

    /** @throws IllegalArgumentException if the id is empty */
    public Principal {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a principal has an id");
        }
        groups = List.copyOf(groups);
    }

    /** Returns the principal of an API key. */
    public static Principal key(String id, String role) {
        return new Principal(Type.KEY, id, role, List.of());
    }

    /** Returns the principal of a call without a known key, by the prefix of its address ({@code 203.0.113.0/24}). */
    public static Principal address(String prefix) {
        return new Principal(Type.ADDRESS, prefix, null, List.of());
    }

    /** Returns the service itself as a principal, by the part of it that acts ({@code bootstrap}). */
    public static Principal system(String part) {
        return new Principal(Type.SYSTEM, part, null, List.of());
    }
}
