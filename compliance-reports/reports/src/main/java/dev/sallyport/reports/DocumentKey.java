package dev.sallyport.reports;

import java.util.Comparator;

/**
 * One version of a policy document, seen in decisions.
 *
 * @param layer the layer it stands in
 * @param document its name
 * @param digest its SHA-256, 64 lower-case hexadecimal digits
 */
public record DocumentKey(String layer, String document, String digest) {
    static final Comparator<DocumentKey> ORDER = Comparator.comparing(DocumentKey::layer)
            .thenComparing(DocumentKey::document)
            .thenComparing(DocumentKey::digest);
}
