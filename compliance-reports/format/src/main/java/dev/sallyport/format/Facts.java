package dev.sallyport.format;

import dev.sallyport.format.JsonValue.JObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The facts from which a call was decided, so that the decision can be made again years later. Names and bands only:
 * no values. Null, empty or {@link OptionalLong#empty()} says that a fact was not known or did not apply.
 *
 * @param art9 the condition of GDPR Article 9(2), {@code health_care}
 * @param budgets the budgets asked, with what remained
 * @param bytes the size of the call's body
 * @param consent the state of the subject's consent
 * @param detections what the detectors found
 * @param disclosure how much of the output was shown: {@code full}, {@code topk:3}, {@code label}
 * @param dropped the fields that came and did not reach the model
 * @param due when a held call's deadline ends, µs since the epoch
 * @param fields the names of the fields that came, in the signature's order
 * @param hipaa the HIPAA purpose, {@code treatment}
 * @param lawfulBasis the lawful basis of GDPR Article 6, {@code public_task}
 * @param missing the facts that rules asked for and nobody could tell
 * @param objection the state of the subject's objection
 * @param other facts of later releases, by the names that docs/record-format.md lists
 * @param output facts of the shaped output: name → band → number of rows, {@code confidence → 80-90 → 2}
 * @param purpose the purpose, {@code care-coordination}
 * @param region the region that processed the call
 * @param restriction the state of the subject's restriction
 * @param rows the rows asked
 */
public record Facts(
        @Nullable String art9,
        List<BudgetFact> budgets,
        OptionalLong bytes,
        @Nullable String consent,
        List<DetectionFact> detections,
        @Nullable String disclosure,
        List<String> dropped,
        OptionalLong due,
        List<String> fields,
        @Nullable String hipaa,
        @Nullable String lawfulBasis,
        List<String> missing,
        @Nullable String objection,
        JObject other,
        Map<String, Map<String, Long>> output,
        @Nullable String purpose,
        @Nullable String region,
        @Nullable String restriction,
        OptionalLong rows) {

    /** No facts. */
    public static final Facts NONE = builder().build();

    /** Copies the collections; maps are kept in canonical order. */
    public Facts {
        budgets = List.copyOf(budgets);
        detections = List.copyOf(detections);
        dropped = List.copyOf(dropped);
        fields = List.copyOf(fields);
        missing = List.copyOf(missing);
        output = Canonical.bands(output);
    }

    /** Begins a set of facts. */
    public static FactsBuilder builder() {
        return new FactsBuilder();
    }
}
