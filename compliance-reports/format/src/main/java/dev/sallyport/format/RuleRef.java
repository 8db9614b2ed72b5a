package dev.sallyport.format;

import java.util.List;

/**
 * A rule that determined a decision.
 *
 * @param id the rule, {@code input.forbidden}
 * @param layer the layer it stands in: {@code platform}, {@code pack}, {@code tenant} or {@code model}
 * @param document the document's name
 * @param digest the document's SHA-256, 64 lower-case hexadecimal digits
 * @param line the rule's line in the document, from 1
 * @param controls the controls it serves, {@code GDPR-5.1.c}
 */
public record RuleRef(String id, String layer, String document, String digest, int line, List<String> controls) {
    /** @throws IllegalArgumentException if the line is below 1 */
    public RuleRef {
        if (line < 1) {
            throw new IllegalArgumentException("a rule's line counts from 1");
        }
        controls = List.copyOf(controls);
    }
}
