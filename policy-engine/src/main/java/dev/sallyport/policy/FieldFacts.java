package dev.sallyport.policy;

/**
 * What a signature says of a field.
 *
 * @param name the field's name, such as {@code age_band} or {@code tensor[0]}
 * @param text whether its values are BYTES
 * @param missing whether the signature declares a value that stands for a missing one
 */
public record FieldFacts(String name, boolean text, boolean missing) {
    /**
     * Whether the field's values can be taken away without changing the shape of the input.
     *
     * @return true for text and for numbers with a value that means missing
     */
    public boolean replaceable() {
        return text || missing;
    }
}
