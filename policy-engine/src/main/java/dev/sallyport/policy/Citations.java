package dev.sallyport.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Adds to rules the controls that they serve: a control belongs to the document that knows the regulation, usually a pack,
 * and the rule to the one that knows the model, usually the tenant's.
 */
final class Citations {
    private final List<Citation> citations;

    Citations(Settings settings) {
        this.citations = List.copyOf(settings.citations().elements());
    }

    /** The rule with every control that it serves. */
    Rule cite(Rule rule) {
        return cite(rule, rule.id());
    }

    /** The rule under another id, with every control that it then serves. */
    Rule cite(Rule rule, String id) {
        TreeSet<String> controls = new TreeSet<>(rule.controls());
        for (Citation citation : citations) {
            if (citation.covers(id)) {
                controls.add(citation.control());
            }
        }
        return new Rule(id, rule.layer(), rule.document(), rule.digest(), rule.line(), List.copyOf(controls));
    }

    /** Several rules, in the order of layers. */
    List<Rule> cite(Collection<Rule> rules) {
        List<Rule> cited = new ArrayList<>();
        rules.forEach(rule -> cited.add(cite(rule)));
        return cited;
    }

    /** Several rules under another id, in the order of layers. */
    List<Rule> cite(Collection<Rule> rules, String id) {
        List<Rule> cited = new ArrayList<>();
        rules.forEach(rule -> cited.add(cite(rule, id)));
        return cited;
    }
}
