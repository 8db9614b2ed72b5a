package dev.sallyport.policy;

import dev.sallyport.policy.detection.Finding;
import dev.sallyport.policy.detection.PersonalDataDetector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The search through one call's texts, and what came of it. */
final class FieldScan {
    private static final PersonalDataDetector DETECTOR = new PersonalDataDetector();

    private record Counted(DetectionPlan.Step step, String field) {}

    private final Map<Counted, Integer> counts = new HashMap<>();
    private final Map<String, List<String>> replaced = new HashMap<>();
    private @Nullable Counted rejecting;
    private int rejectedRow;

    /** Looks through a field's rows. */
    void scan(InputFields fields, String field, DetectionPlan.FieldPlan plan) {
        List<String> texts = null;
        for (int row = 0; row < fields.rows(); row++) {
            String text = fields.value(field, row);
            List<Finding> redact = redactable(DETECTOR.find(text, plan.types()), plan, field, row);
            if (!redact.isEmpty()) {
                texts = texts == null ? before(fields, field, row) : texts;
                texts.add(PersonalDataDetector.redact(text, redact));
            } else if (texts != null) {
                texts.add(text);
            }
        }
        if (texts != null) {
            replaced.put(field, texts);
        }
    }

    private List<Finding> redactable(List<Finding> findings, DetectionPlan.FieldPlan plan, String field, int row) {
        List<Finding> redact = List.of();
        for (Finding finding : findings) {
            DetectionPlan.Step step = plan.step(finding);
            if (step == null) {
                continue;
            }
            Counted counted = new Counted(step, field);
            counts.merge(counted, 1, Integer::sum);
            if (step.action() == Detection.Action.REJECT) {
                reject(counted, row);
            } else {
                redact = redact.isEmpty() ? new ArrayList<>() : redact;
                redact.add(finding);
            }
        }
        return redact;
    }

    private void reject(Counted counted, int row) {
        if (rejecting == null || counted.step.rule().compareTo(rejecting.step.rule()) < 0) {
            rejecting = counted;
            rejectedRow = row;
        }
    }

    private static List<String> before(InputFields fields, String field, int rows) {
        List<String> texts = new ArrayList<>(fields.rows());
        for (int row = 0; row < rows; row++) {
            texts.add(fields.value(field, row));
        }
        return texts;
    }

    /** What denies the call; null when nothing does. */
    @Nullable
    DetectionDenial denial() {
        return rejecting == null ? null : new DetectionDenial(rejecting.step, rejecting.field, rejectedRow);
    }

    /**
     * A finding that denies the call.
     *
     * @param step the step that rejects it
     * @param field where it was found
     * @param row in which row, from 0
     */
    record DetectionDenial(DetectionPlan.Step step, String field, int row) {
        String code() {
            return step.reason().isEmpty() ? "DETECTED" : step.reason();
        }

        String sentence() {
            return "field \"" + field + "\" holds personal data of type " + step.type() + " in row " + row
                    + ", which is not accepted; send it without";
        }
    }

    boolean foundNothing() {
        return counts.isEmpty();
    }

    List<Detection> detections() {
        Map<Detection, Integer> distinct = new HashMap<>();
        counts.forEach((counted, count) -> distinct.merge(
                new Detection(counted.step.type(), counted.field, counted.step.action(), 1), count, Integer::sum));
        return distinct.entrySet().stream()
                .map(entry -> new Detection(
                        entry.getKey().type(),
                        entry.getKey().field(),
                        entry.getKey().action(),
                        entry.getValue()))
                .sorted(Comparator.comparing(Detection::field)
                        .thenComparing(Detection::type)
                        .thenComparing(Detection::action))
                .toList();
    }

    /** The new texts of the fields that change. */
    Map<String, List<String>> replaced() {
        return replaced;
    }

    /** The rules that redacted something, in the order of layers. */
    Set<Rule> redacting() {
        Set<Rule> rules = new TreeSet<>();
        for (Counted counted : counts.keySet()) {
            if (counted.step.action() == Detection.Action.REDACT) {
                rules.add(counted.step.rule());
            }
        }
        return rules;
    }
}
