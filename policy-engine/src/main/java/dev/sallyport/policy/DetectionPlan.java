package dev.sallyport.policy;

import dev.sallyport.policy.detection.Finding;
import dev.sallyport.policy.detection.PersonalDataType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Which personal data is looked for in which field, and what is done about it: worked out once for all calls.
 *
 * <p>A finding is rejected if any rule rejects it, and otherwise redacted if any rule redacts it.
 */
final class DetectionPlan {
    private final Map<String, FieldPlan> named = new HashMap<>();
    private final FieldPlan everywhere;
    private final List<Rule> rules = new ArrayList<>();

    /**
     * What is done about a type.
     *
     * @param type the type
     * @param action what is done
     * @param minConfidence from which confidence on
     * @param reason the code of the denial; empty for the usual one
     * @param rule where it is written
     */
    record Step(PersonalDataType type, Detection.Action action, double minConfidence, String reason, Rule rule) {
        boolean meets(Finding finding) {
            return finding.type() == type && finding.confidence() >= minConfidence;
        }
    }

    /**
     * What is looked for in one field.
     *
     * @param types what is looked for
     * @param reject what is rejected
     * @param redact what is redacted
     */
    record FieldPlan(Set<PersonalDataType> types, List<Step> reject, List<Step> redact) {
        static FieldPlan of(List<Step> steps) {
            Set<PersonalDataType> types = EnumSet.noneOf(PersonalDataType.class);
            steps.forEach(step -> types.add(step.type));
            return new FieldPlan(
                    types,
                    steps.stream()
                            .filter(step -> step.action == Detection.Action.REJECT)
                            .toList(),
                    steps.stream()
                            .filter(step -> step.action == Detection.Action.REDACT)
                            .toList());
        }

        /** What is done about a finding; null when nothing is. */
        @Nullable
        Step step(Finding finding) {
            Step rejecting = first(reject, finding);
            return rejecting != null ? rejecting : first(redact, finding);
        }

        private static @Nullable Step first(List<Step> steps, Finding finding) {
            for (Step step : steps) {
                if (step.meets(finding)) {
                    return step;
                }
            }
            return null;
        }
    }

    DetectionPlan(Settings settings, Citations citations) {
        Map<String, List<Step>> byField = new HashMap<>();
        for (Map.Entry<FieldAction, SortedSet<Rule>> entry :
                settings.actions().asked().entrySet()) {
            FieldAction action = entry.getKey();
            Rule rule = citations.cite(entry.getValue().first());
            if (!rules.contains(rule)) {
                rules.add(rule);
            }
            byField.computeIfAbsent(action.field(), field -> new ArrayList<>())
                    .add(new Step(action.type(), action.action(), action.minConfidence(), action.reason(), rule));
        }
        List<Step> all = byField.getOrDefault("", List.of());
        this.everywhere = FieldPlan.of(all);
        byField.forEach((field, steps) -> {
            List<Step> both = new ArrayList<>(steps);
            both.addAll(all);
            named.put(field, FieldPlan.of(both));
        });
        named.remove("");
        rules.sort(null);
    }

    /** What is looked for in a field; null for nothing. */
    @Nullable
    FieldPlan of(String field) {
        FieldPlan plan = named.getOrDefault(field, everywhere);
        return plan.types.isEmpty() ? null : plan;
    }

    /** Whether nothing is looked for anywhere. */
    boolean isEmpty() {
        return rules.isEmpty();
    }

    List<Rule> rules() {
        return rules;
    }
}
