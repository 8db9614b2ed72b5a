package dev.sallyport.api.identity;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;

/** What a request's headers hold of a credential. */
sealed interface Credential {
    /**
     * One key.
     *
     * @param key its text
     */
    record Presented(String key) implements Credential {
        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "Presented";
        }
    }

    /** None, or a scheme that is not served. */
    record Absent() implements Credential {}

    /** Two that differ. */
    record Conflicting() implements Credential {}

    /** Longer than any key: not worth hashing. */
    int LONGEST = 256;

    /** Reads {@code Authorization: Bearer KEY} (the scheme in any case) and {@code X-API-Key: KEY}. */
    static Credential of(MultiMap headers) {
        List<String> authorizations = headers.getAll("authorization");
        List<String> keys = headers.getAll("x-api-key");
        if (authorizations.size() > 1 || keys.size() > 1) {
            return new Conflicting();
        }
        String bearer = authorizations.isEmpty() ? "" : bearer(authorizations.getFirst());
        String key = keys.isEmpty() ? "" : keys.getFirst().strip();
        if (bearer.isEmpty() && key.isEmpty()) {
            return new Absent();
        }
        if (!bearer.isEmpty() && !key.isEmpty() && !same(bearer, key)) {
            return new Conflicting();
        }
        String presented = bearer.isEmpty() ? key : bearer;
        return new Presented(presented.length() > LONGEST ? "" : presented);
    }

    private static String bearer(String header) {
        String text = header.strip();
        return text.toLowerCase(Locale.ROOT).startsWith("bearer ")
                ? text.substring(7).strip()
                : "";
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
