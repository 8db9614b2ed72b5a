package dev.sallyport.policy;

import dev.sallyport.policy.condition.Condition;
import dev.sallyport.policy.condition.ConditionFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The first question, compiled: what every call of a model has in common is worked out once, so that a permit is a look-up
 * and a few comparisons, and makes no object unless there are conditions.
 */
final class Admitting {
    private final Gate gate;
    private final @Nullable Admission standing;
    private final Admission purposeMissing;
    private final List<Rule> listed;
    private final Map<String, Admission> permits;
    private final AdmissionLimits limits;
    private final List<Step> conditions;
    private final boolean carriesFacts;

    /** A condition, with its rule and the rules looked at up to it. */
    private record Step(NamedCondition named, Rule rule, List<Rule> evaluated) {}

    /**
     * What the question is compiled from.
     *
     * @param settings the combined settings
     * @param citations the controls of rules
     * @param model the model
     * @param covered whether a tenant's or model's document matches
     * @param purposes the purposes that are allowed
     * @param budgets the budgets of every call
     * @param rates the rates of every call
     * @param obligations the obligations of every permit
     */
    record Gate(
            Settings settings,
            Citations citations,
            ModelFacts model,
            boolean covered,
            List<PurposeRule> purposes,
            List<BudgetRule> budgets,
            List<RateRule> rates,
            Obligations obligations) {}

    Admitting(Gate gate) {
        this.gate = gate;
        List<Rule> speaking = gate.settings.purposes().who(said -> !said.isAny());
        List<Rule> asked = gate.citations.cite(speaking, "purposes.required");
        List<Rule> listed = gate.citations.cite(speaking, "purposes.allowed");
        this.limits = new AdmissionLimits(gate, listed);
        this.conditions = steps(limits.evaluated());
        this.carriesFacts = gate.obligations.asksForCall();
        this.purposeMissing = closed(deny(
                "PURPOSE_MISSING",
                "send Sallyport-Purpose or parameter \"purpose\"; allowed: " + allowed(),
                asked,
                asked));
        this.listed = listed;
        this.standing = gap();
        this.permits = permits();
    }

    Admission admit(AdmitFacts facts) {
        if (standing != null) {
            return standing;
        }
        if (!facts.action().equals(AdmitFacts.PREDICT)) {
            return closed(new Decision.Gap("no policy covers this action", List.of(), List.of(), List.of()));
        }
        String purpose = facts.purpose();
        if (purpose == null) {
            return purposeMissing;
        }
        Admission permit = permits.get(purpose);
        if (permit == null) {
            return purposeNotAllowed(purpose);
        }
        Admission refused = limits.refused(facts);
        if (refused != null) {
            return refused;
        }
        return conditions.isEmpty() && !carriesFacts ? permit : onConditions(facts, permit);
    }

    /** Denied by those whose own list has not this purpose; the call's word for it is not shown back. */
    private Admission purposeNotAllowed(String purpose) {
        List<Rule> without = gate.settings.purposes().who(said -> !said.allows(purpose));
        return closed(deny(
                "PURPOSE_NOT_ALLOWED",
                "the declared purpose is not allowed; allowed: " + allowed(),
                gate.citations.cite(without, "purposes.allowed"),
                listed));
    }

    private String allowed() {
        return gate.purposes.isEmpty()
                ? "none"
                : String.join(", ", gate.purposes.stream().map(PurposeRule::id).toList());
    }

    private @Nullable Admission gap() {
        if (!gate.covered) {
            return closed(
                    new Decision.Gap("no policy of the tenant covers this model", List.of(), List.of(), List.of()));
        }
        if (gate.settings.purposes().value().isAny()) {
            return closed(open("no policy says for which purposes this model may be asked", "purposes"));
        }
        if (gate.settings.allowed().value().isAny()) {
            return closed(open("no policy says which fields may reach this model", "input.allowed"));
        }
        return null;
    }

    private Decision open(String sentence, String id) {
        var said = id.equals("purposes") ? gate.settings.purposes() : gate.settings.allowed();
        List<Rule> rules = gate.citations.cite(said.said().keySet(), id);
        return new Decision.Gap(sentence, List.of(), rules, List.of());
    }

    private Map<String, Admission> permits() {
        List<Rule> evaluated =
                conditions.isEmpty() ? limits.evaluated() : conditions.getLast().evaluated();
        Map<String, Admission> permits = new HashMap<>();
        for (PurposeRule purpose : gate.purposes) {
            var permit = new Decision.Permit(gate.obligations, List.of(purpose.origin()), evaluated, List.of());
            permits.put(purpose.id(), new Admission(permit, purpose, gate.budgets, gate.rates));
        }
        return permits;
    }

    private List<Step> steps(List<Rule> before) {
        List<Step> steps = new ArrayList<>();
        List<Rule> evaluated = new ArrayList<>(before);
        for (Map.Entry<NamedCondition, SortedSet<Rule>> entry :
                gate.settings.conditions().asked().entrySet()) {
            if (!entry.getKey().condition().onOutput()) {
                Rule rule = gate.citations.cite(entry.getValue().first());
                evaluated.add(rule);
                steps.add(new Step(entry.getKey(), rule, List.copyOf(evaluated)));
            }
        }
        return steps;
    }

    private Admission onConditions(AdmitFacts facts, Admission permit) {
        var known = new ConditionFacts(facts.request(), facts.modelVariable(), null, facts.now());
        TreeSet<String> missing = new TreeSet<>();
        for (Step step : conditions) {
            Condition condition = step.named.condition();
            for (String fact : condition.facts()) {
                if (fact.startsWith("subject.") || (facts.region() == null && fact.equals("request.region"))) {
                    missing.add(fact);
                }
            }
            Condition.Outcome outcome = condition.decide(known);
            if (outcome != Condition.Outcome.HOLDS) {
                String sentence = ConditionSentences.denial(step.named.id(), condition, outcome, missing);
                return closed(new Decision.Deny(
                        step.named.reason(), sentence, List.of(step.rule), step.evaluated, List.copyOf(missing)));
            }
        }
        return forCall(permit, facts, List.copyOf(missing));
    }

    /** The permit, with what is of this call alone. */
    private Admission forCall(Admission permit, AdmitFacts facts, List<String> missing) {
        if ((missing.isEmpty() && !carriesFacts) || !(permit.decision() instanceof Decision.Permit made)) {
            return permit;
        }
        Obligations obligations = carriesFacts ? made.obligations().of(facts) : made.obligations();
        return new Admission(
                new Decision.Permit(obligations, made.determining(), made.evaluated(), missing),
                permit.purpose(),
                permit.budgets(),
                permit.rates());
    }

    static Decision deny(String code, String sentence, List<Rule> determining, List<Rule> evaluated) {
        return new Decision.Deny(code, sentence, determining, evaluated, List.of());
    }

    static Admission closed(Decision decision) {
        return new Admission(decision, null, List.of(), List.of());
    }
}
