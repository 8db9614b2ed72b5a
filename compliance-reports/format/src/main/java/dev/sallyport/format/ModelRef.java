package dev.sallyport.format;

import org.jspecify.annotations.Nullable;

/**
 * The model version that a call named or that answered it.
 *
 * @param owner the tenant that owns the model
 * @param name the owner's name for it
 * @param version the version, {@code N[.N[.N]]}
 * @param digest the artefact's SHA-256, 64 lower-case hexadecimal digits
 * @param alias the name under which the calling tenant knows it; null when that is {@code name}
 */
public record ModelRef(
        String owner,
        String name,
        String version,
        String digest,
        @Nullable String alias) {
    /** @throws IllegalArgumentException if the digest is not one */
    public ModelRef {
        if (!Sha256.isHex(digest)) {
            throw new IllegalArgumentException("a model's digest is 64 lower-case hexadecimal digits");
        }
    }
}
