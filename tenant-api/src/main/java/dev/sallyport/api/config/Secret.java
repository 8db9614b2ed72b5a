package dev.sallyport.api.config;

/**
 * A configured secret, which never shows itself.
 *
 * @param value the secret; not empty
 */
public record Secret(String value) {
    /** What is shown in a secret's place. */
    static final String MASK = "********";

    /** Never the secret. */
    @Override
    public String toString() {
        return MASK;
    }
}
