package dev.sallyport.policy;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * The mappings of the language with their closed key sets. What the language has and the server does not do yet is refused
 * by name, so that nobody believes that it is in force.
 */
enum Section {
    ROOT(List.of("apiVersion", "kind", "metadata", "spec"), List.of("tests")),
    METADATA(List.of("name", "layer", "owner", "extends", "controls", "basedOn"), List.of()),
    SPEC(
            List.of(
                    "mode",
                    "match",
                    "purposes",
                    "input",
                    "retention",
                    "budgets",
                    "rate",
                    "output",
                    "conditions",
                    "controls"),
            List.of("subject", "residency", "extraction", "humanReview", "breakGlass", "admin")),
    MATCH(List.of("tenants", "models", "modelVersions", "actions"), List.of()),
    PURPOSE(List.of("id", "lawfulBasis", "art9", "hipaa", "controls"), List.of("dpia", "requires", "significant")),
    INPUT(
            List.of("unknownFields", "required", "allowed", "forbidden", "actions", "maxBytes", "maxRows"),
            List.of("outliers", "adversarial", "smoothing")),
    ACTION(
            List.of("detect", "fields", "do", "minConfidence", "reason", "controls"),
            List.of("field", "to", "cap", "keep", "minPopulation")),
    RETENTION(List.of("decisionLog"), List.of("payload", "prediction", "subjectKey", "legalHold")),
    DECISION_LOG(List.of("floor"), List.of("ceiling")),
    BUDGET(List.of("id", "scope", "limit", "window", "kind", "zone", "onExceed", "controls"), List.of()),
    RATE(List.of("scope", "permits", "per", "burst", "controls"), List.of()),
    OUTPUT(List.of("shape", "topK", "roundTo"), List.of("explanations", "dp")),
    CONDITION(List.of("id", "expr", "reason", "controls"), List.of());

    private final ImmutableList<String> supported;
    private final ImmutableList<String> later;

    Section(List<String> supported, List<String> later) {
        this.supported = ImmutableList.copyOf(supported);
        this.later = ImmutableList.copyOf(later);
    }

    /** The keys that are read. */
    List<String> supported() {
        return supported;
    }

    /** The keys of the language that are not read yet. */
    List<String> later() {
        return later;
    }
}
