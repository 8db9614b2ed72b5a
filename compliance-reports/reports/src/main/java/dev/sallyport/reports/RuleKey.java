package dev.sallyport.reports;

import java.util.Comparator;

/**
 * A rule of a policy document.
 *
 * @param id the rule, {@code input.forbidden}
 * @param layer the layer its document stands in
 * @param document the document's name
 * @param digest the document's SHA-256, 64 lower-case hexadecimal digits
 * @param line the rule's line in the document, from 1
 */
public record RuleKey(String id, String layer, String document, String digest, int line) {
    static final Comparator<RuleKey> ORDER = Comparator.comparing(RuleKey::id)
            .thenComparing(RuleKey::layer)
            .thenComparing(RuleKey::document)
            .thenComparing(RuleKey::digest)
            .thenComparingInt(RuleKey::line);
}
