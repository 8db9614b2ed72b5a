package dev.sallyport.policy;

import dev.sallyport.policy.output.OutputObligation;
import dev.sallyport.policy.output.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Finds what a policy asks of a model that the model cannot carry out. */
final class Misfits {
    private final Settings settings;
    private final ModelFacts model;
    private final Map<String, FieldFacts> fields = new HashMap<>();
    private final List<PolicyProblem> problems = new ArrayList<>();

    private Misfits(Settings settings, ModelFacts model) {
        this.settings = settings;
        this.model = model;
        model.fields().forEach(field -> fields.put(field.name(), field));
    }

    static List<PolicyProblem> of(Settings settings, ModelFacts model, Obligations obligations) {
        var misfits = new Misfits(settings, model);
        misfits.requiredFields();
        misfits.allowedFields();
        misfits.actions();
        misfits.outputs(obligations);
        return List.copyOf(misfits.problems);
    }

    /** Whether a model's outputs can be shaped so: only a classifier's scores are known to be scores. */
    static boolean carries(ModelFacts model, OutputObligation output) {
        return model.classifier() || output.none();
    }

    /** Parents that a document names and that are not among the layers above it. */
    static List<PolicyProblem> parents(PolicyDocument document, Collection<String> above) {
        return document.parents().stream()
                .filter(parent -> !above.contains(parent.id()))
                .map(parent -> problem(
                        parent,
                        "metadata.extends",
                        "the document extends \"" + parent.id() + "\", which is none of the layers above it: "
                                + String.join(", ", above)))
                .toList();
    }

    private void requiredFields() {
        settings.required().asked().forEach((field, rules) -> unknown(field, rules.first(), "required"));
    }

    /** Wider layers may allow what other models have; a model's own document should know its model. */
    private void allowedFields() {
        settings.allowed().said().forEach((rule, allowed) -> {
            SortedSet<String> members = allowed.members();
            if (rule.layer() == Layer.MODEL && members != null) {
                members.forEach(field -> unknown(field, rule, "allowed"));
            }
        });
    }

    private void actions() {
        settings.actions().asked().forEach((action, rules) -> {
            Rule own = ofModel(rules);
            if (own == null || action.field().isEmpty()) {
                return;
            }
            unknown(action.field(), own, "looked into");
            FieldFacts field = fields.get(action.field());
            if (field != null && action.action() == Detection.Action.REDACT && !field.replaceable()) {
                add(
                        own,
                        "the field \"" + field.name() + "\" holds numbers and has no value that means missing, so that"
                                + " nothing can be redacted in it; expected a text field or \"reject\"");
            }
        });
    }

    private static @Nullable Rule ofModel(SortedSet<Rule> rules) {
        return rules.stream()
                .filter(rule -> rule.layer() == Layer.MODEL)
                .findFirst()
                .orElse(null);
    }

    private void outputs(Obligations obligations) {
        OutputObligation output = obligations.output();
        if (!carries(model, output) && !obligations.outputRules().isEmpty()) {
            String asked = output.shape() == Shape.FULL ? "rounded scores" : "the shape " + output.tier();
            add(
                    obligations.outputRules().getFirst(),
                    "SHAPE_UNSUPPORTED: model \"" + model.model() + "\" is no classifier, and its outputs cannot carry "
                            + asked + "; expected \"shape: full\" without rounding");
        }
        for (ReleaseCondition condition : obligations.release()) {
            boolean scores = condition.condition().facts().stream()
                    .anyMatch(fact -> fact.equals("output.label") || fact.equals("output.confidence"));
            if (scores && !model.classifier()) {
                add(
                        condition.rule(),
                        "the condition \"" + condition.id() + "\" asks for a label or a confidence; model \""
                                + model.model() + "\" is no classifier and has neither");
            }
        }
    }

    private void unknown(String field, Rule rule, String what) {
        if (!fields.containsKey(field)) {
            add(
                    rule,
                    "the field \"" + field + "\" is " + what + ", and model \"" + model.model() + "\" version "
                            + model.version() + " has none of that name; it has " + String.join(", ", names()));
        }
    }

    private List<String> names() {
        return model.fields().stream().map(FieldFacts::name).limit(50).toList();
    }

    private void add(Rule rule, String message) {
        problems.add(problem(rule, "spec." + rule.id(), message));
    }

    private static PolicyProblem problem(Rule rule, String path, String message) {
        return new PolicyProblem(message, path, rule.line(), 1, rule.document());
    }
}
