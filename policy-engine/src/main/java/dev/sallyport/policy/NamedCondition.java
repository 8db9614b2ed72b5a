package dev.sallyport.policy;

import dev.sallyport.policy.condition.Condition;
import java.util.Comparator;

/**
 * A condition of a document; those of different documents are different, whatever their ids.
 *
 * @param layer the document's layer
 * @param document the document's name
 * @param id its id in the document
 * @param condition what must hold
 * @param reason the code of the denial when it does not
 */
record NamedCondition(Layer layer, String document, String id, Condition condition, String reason)
        implements Comparable<NamedCondition> {
    /** The code of the denial by a condition that gives no reason. */
    static final String CODE = "CONDITION";

    private static final Comparator<NamedCondition> ORDER = Comparator.comparing(NamedCondition::layer)
            .thenComparing(NamedCondition::document)
            .thenComparing(NamedCondition::id)
            .thenComparing(named -> named.condition.expression())
            .thenComparing(NamedCondition::reason);

    @Override
    public int compareTo(NamedCondition other) {
        return ORDER.compare(this, other);
    }
}
