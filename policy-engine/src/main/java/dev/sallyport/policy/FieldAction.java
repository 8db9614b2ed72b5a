package dev.sallyport.policy;

import dev.sallyport.policy.detection.PersonalDataType;
import java.util.Comparator;

/**
 * What is done about one type of personal data in one field.
 *
 * @param field the field; empty for every text field
 * @param type what is looked for
 * @param action what is done
 * @param minConfidence how sure the detector must be, 0 to 1 inclusive
 * @param reason the code of the denial; empty for the usual one
 */
record FieldAction(String field, PersonalDataType type, Detection.Action action, double minConfidence, String reason)
        implements Comparable<FieldAction> {
    private static final Comparator<FieldAction> ORDER = Comparator.comparing(FieldAction::field)
            .thenComparing(FieldAction::type)
            .thenComparing(FieldAction::action)
            .thenComparingDouble(FieldAction::minConfidence)
            .thenComparing(FieldAction::reason);

    @Override
    public int compareTo(FieldAction other) {
        return ORDER.compare(this, other);
    }
}
