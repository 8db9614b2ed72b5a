package dev.sallyport.policy;

import dev.sallyport.policy.lattice.Agreed;
import dev.sallyport.policy.lattice.Among;
import dev.sallyport.policy.lattice.Traced;
import dev.sallyport.policy.output.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;

/** Finds what documents cannot want together: below such a thing there is only a policy that denies everything. */
final class Contradictions {
    private final Settings settings;
    private final List<PolicyProblem> problems = new ArrayList<>();

    private Contradictions(Settings settings) {
        this.settings = settings;
    }

    /** The contradictions, each at the later of the two rules and naming both. */
    static List<PolicyProblem> in(Settings settings) {
        var contradictions = new Contradictions(settings);
        contradictions.requiredAndForbidden();
        contradictions.requiredAndNotAllowed();
        contradictions.nothingInCommon(settings.purposes(), "purposes");
        contradictions.nothingInCommon(settings.allowed(), "allowed fields");
        contradictions.grounds();
        contradictions.confidenceAtLabel();
        return List.copyOf(contradictions.problems);
    }

    private void requiredAndForbidden() {
        settings.required().asked().forEach((field, requiring) -> {
            SortedSet<Rule> forbidding = settings.forbidden().asked().get(field);
            if (forbidding != null) {
                contradiction(
                        "the field \"" + field + "\" is required here and forbidden there: ",
                        requiring.first(),
                        forbidding.first());
            }
        });
    }

    private void requiredAndNotAllowed() {
        settings.required().asked().forEach((field, requiring) -> {
            List<Rule> others = settings.allowed().who(allowed -> !allowed.allows(field));
            if (!others.isEmpty()) {
                contradiction(
                        "the field \"" + field + "\" is required here and not allowed there: ",
                        requiring.first(),
                        others.getFirst());
            }
        });
    }

    private void nothingInCommon(Traced<Among<String>, Rule> set, String what) {
        SortedSet<String> members = set.value().members();
        List<Rule> nonEmpty =
                set.who(said -> said.members() != null && !said.members().isEmpty());
        if (members != null && members.isEmpty() && nonEmpty.size() > 1) {
            contradiction("no " + what + " are left that both allow: ", nonEmpty.getFirst(), nonEmpty.getLast());
        }
    }

    private void grounds() {
        settings.terms().values().forEach((purpose, terms) -> {
            ground(purpose, "lawfulBasis", terms, PurposeTerms::lawfulBasis);
            ground(purpose, "art9", terms, PurposeTerms::art9);
            ground(purpose, "hipaa", terms, PurposeTerms::hipaa);
        });
    }

    private void ground(
            String purpose, String key, Traced<PurposeTerms, Rule> terms, Function<PurposeTerms, Agreed> part) {
        Agreed said = part.apply(terms.value());
        if (said.conflicting()) {
            List<Rule> first =
                    terms.who(one -> part.apply(one).said().contains(said.said().first()));
            List<Rule> second =
                    terms.who(one -> part.apply(one).said().contains(said.said().last()));
            contradiction(
                    "the purpose \"" + purpose + "\" has two values of " + key + ", \""
                            + said.said().first() + "\" and \"" + said.said().last() + "\": ",
                    first.getFirst(),
                    second.getFirst());
        }
    }

    /** At the shape label no confidence is shown, so that a condition on it could never be decided. */
    private void confidenceAtLabel() {
        if (settings.shape().value().value() != Shape.LABEL) {
            return;
        }
        settings.conditions().asked().forEach((named, rules) -> {
            if (named.condition().facts().contains("output.confidence")) {
                contradiction(
                        "the condition \"" + named.id()
                                + "\" asks for output.confidence here, which the shape label there does not show: ",
                        rules.first(),
                        settings.shape().origin().orElse(rules.first()));
            }
        });
    }

    private void contradiction(String what, Rule one, Rule other) {
        Rule earlier = one.compareTo(other) <= 0 ? one : other;
        Rule later = earlier.equals(one) ? other : one;
        problems.add(new PolicyProblem(
                what + place(one) + " and " + place(other), "spec." + later.id(), later.line(), 1, later.document()));
    }

    private static String place(Rule rule) {
        return rule.place() + " (" + rule.layer().id() + ")";
    }
}
