package dev.sallyport.policy;

import java.util.Comparator;
import java.util.List;

/**
 * One rule of one document, as decisions name it.
 *
 * @param id the setting, such as {@code purposes.required}, {@code input.forbidden} or {@code conditions.night-batch};
 *     qualified by the layer and the document
 * @param layer the document's layer
 * @param document the document's name
 * @param digest the document's digest: lower-case hex SHA-256 of its source
 * @param line the line of the rule in its document, from 1
 * @param controls the controls it serves, such as {@code GDPR-5.1.c}, sorted
 */
public record Rule(String id, Layer layer, String document, String digest, int line, List<String> controls)
        implements Comparable<Rule> {
    private static final Comparator<Rule> ORDER = Comparator.comparing(Rule::layer)
            .thenComparing(Rule::document)
            .thenComparing(Rule::digest)
            .thenComparingInt(Rule::line)
            .thenComparing(Rule::id)
            .thenComparing(rule -> String.join(",", rule.controls));

    /** Keeps its own copy of the controls. */
    public Rule {
        controls = List.copyOf(controls);
    }

    /** Orders by layer, document, line and id: who said a thing first. */
    @Override
    public int compareTo(Rule other) {
        return ORDER.compare(this, other);
    }

    /**
     * Where the rule stands.
     *
     * @return {@code document:line}
     */
    public String place() {
        return document + ":" + line;
    }
}
