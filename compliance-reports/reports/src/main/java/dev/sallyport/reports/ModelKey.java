package dev.sallyport.reports;

import java.util.Comparator;

/**
 * A model version, seen in decisions.
 *
 * @param owner the tenant that owns it
 * @param name the owner's name for it
 * @param version {@code N[.N[.N]]}
 * @param digest the artefact's SHA-256, 64 lower-case hexadecimal digits
 */
public record ModelKey(String owner, String name, String version, String digest) {
    static final Comparator<ModelKey> ORDER = Comparator.comparing(ModelKey::owner)
            .thenComparing(ModelKey::name)
            .thenComparing(ModelKey::version)
            .thenComparing(ModelKey::digest);
}
