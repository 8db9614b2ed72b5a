package dev.sallyport.policy;

import dev.sallyport.policy.lattice.Among;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The second question, compiled. Everything that a call sends is looked through, also what will be dropped, so that a
 * stricter layer that drops a field never hides what a rule would have denied.
 */
final class Inspecting {
    private final Map<String, List<Rule>> forbidden = new HashMap<>();
    private final String[] required;
    private final Map<String, List<Rule>> requiring = new HashMap<>();
    private final Among<String> allowed;
    private final Map<String, FieldFacts> open = new HashMap<>();
    private final Map<String, FieldFacts> known = new HashMap<>();
    private final boolean drops;
    private final List<Rule> allowing;
    private final @Nullable Rule dropping;
    private final DetectionPlan plan;
    private final List<Rule> evaluated;
    private final Settings settings;
    private final Citations citations;
    private final Obligations obligations;
    private final boolean carriesFacts;
    private final Inspection unchanged;
    private final NamedTerms named;

    Inspecting(Settings settings, Citations citations, ModelFacts model, Obligations obligations, NamedTerms named) {
        this.named = named;
        this.settings = settings;
        this.citations = citations;
        this.obligations = obligations;
        this.carriesFacts = obligations.asksForCall();
        this.allowed = settings.allowed().value();
        for (FieldFacts field : model.fields()) {
            known.put(field.name(), field);
            if (allowed.allows(field.name())) {
                open.put(field.name(), field);
            }
        }
        this.required = settings.required().elements().toArray(String[]::new);
        cite(settings.required().asked(), requiring);
        cite(settings.forbidden().asked(), forbidden);
        this.drops = settings.unknownFields().value().value() == UnknownFields.DROP;
        Rule unknown = Resolution.firstOrNull(settings.unknownFields());
        this.dropping = unknown == null ? null : citations.cite(unknown);
        this.allowing = citations.cite(settings.allowed().who(said -> !said.isAny()));
        this.plan = new DetectionPlan(settings, citations);
        this.evaluated = evaluated();
        this.unchanged = permit(List.of(), Map.of(), Set.of(), allowing);
    }

    private void cite(Map<String, SortedSet<Rule>> asked, Map<String, List<Rule>> cited) {
        asked.forEach((field, rules) -> cited.put(field, List.copyOf(citations.cite(rules))));
    }

    private List<Rule> evaluated() {
        Set<Rule> rules = new TreeSet<>(allowing);
        forbidden.values().forEach(rules::addAll);
        requiring.values().forEach(rules::addAll);
        rules.addAll(plan.rules());
        if (dropping != null) {
            rules.add(dropping);
        }
        return List.copyOf(rules);
    }

    Inspection inspect(InspectFacts facts) {
        Inspection inspection = inspect(facts.fields());
        return carriesFacts && inspection.decision() instanceof Decision.Permit permit
                ? new Inspection(
                        new Decision.Permit(
                                obligations.of(facts.admitted()), permit.determining(), evaluated, List.of()),
                        inspection.detections(),
                        inspection.replaced(),
                        inspection.dropped())
                : inspection;
    }

    private Inspection inspect(InputFields fields) {
        Set<String> names = fields.names();
        Inspection refused = forbiddenOrMissing(names);
        if (refused != null) {
            return refused;
        }
        Set<String> dropped = Set.of();
        for (String name : names) {
            if (!open.containsKey(name)) {
                FieldFacts field = known.get(name);
                if (!drops || (field != null && !field.replaceable())) {
                    return notAllowed(name, field != null);
                }
                dropped = dropped.isEmpty() ? new HashSet<>() : dropped;
                dropped.add(name);
            }
        }
        return plan.isEmpty() && dropped.isEmpty() ? unchanged : scanned(fields, names, dropped);
    }

    private @Nullable Inspection forbiddenOrMissing(Set<String> names) {
        if (!forbidden.isEmpty()) {
            for (String name : names) {
                List<Rule> rules = forbidden.get(name);
                if (rules != null) {
                    return deny(
                            "FIELD_FORBIDDEN", "field \"" + name + "\" is forbidden; allowed: " + allowedText(), rules);
                }
            }
        }
        for (String name : required) {
            if (!names.contains(name)) {
                return deny(
                        "FIELD_REQUIRED",
                        "field \"" + name + "\" is missing; required: " + String.join(", ", required),
                        requiring.getOrDefault(name, List.of()));
            }
        }
        return null;
    }

    /** Names the field if the model or a document does; any other name could hold anything, and is not shown back. */
    private Inspection notAllowed(String name, boolean ofModel) {
        boolean known = ofModel || named.fields().contains(name);
        String shown = known ? "field \"" + name + "\"" : "one of the fields";
        List<Rule> rules = allowed.allows(name)
                ? dropping == null ? allowing : List.of(dropping)
                : citations.cite(settings.allowed().who(said -> !said.allows(name)), "input.allowed");
        return deny(
                "FIELD_NOT_ALLOWED",
                shown + (allowed.allows(name) ? " is none of this model's" : " is not allowed") + "; allowed: "
                        + allowedText(),
                rules);
    }

    private Inspection scanned(InputFields fields, Set<String> names, Set<String> dropped) {
        var scan = new FieldScan();
        if (!plan.isEmpty()) {
            for (String name : names) {
                DetectionPlan.FieldPlan wanted = plan.of(name);
                if (wanted != null && fields.text(name)) {
                    scan.scan(fields, name, wanted);
                }
            }
        }
        FieldScan.DetectionDenial denial = scan.denial();
        if (denial != null) {
            Decision decision = Admitting.deny(
                    denial.code(), denial.sentence(), List.of(denial.step().rule()), evaluated);
            return new Inspection(decision, scan.detections(), Map.of(), Set.of());
        }
        if (scan.foundNothing() && dropped.isEmpty()) {
            return unchanged;
        }
        scan.replaced().keySet().removeAll(dropped);
        List<Rule> determining = new ArrayList<>(scan.redacting());
        if (!dropped.isEmpty() && dropping != null) {
            determining.add(dropping);
        }
        return permit(scan.detections(), scan.replaced(), dropped, determining);
    }

    private String allowedText() {
        return open.isEmpty() ? "none" : String.join(", ", new TreeSet<>(open.keySet()));
    }

    private Inspection permit(
            List<Detection> detections, Map<String, List<String>> replaced, Set<String> dropped, List<Rule> rules) {
        var decision = new Decision.Permit(obligations, rules, evaluated, List.of());
        return new Inspection(decision, detections, replaced, dropped);
    }

    private Inspection deny(String code, String sentence, List<Rule> rules) {
        return new Inspection(Admitting.deny(code, sentence, rules, evaluated), List.of(), Map.of(), Set.of());
    }
}
