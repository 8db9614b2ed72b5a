package dev.sallyport.policy;

import dev.sallyport.policy.condition.Condition;
import dev.sallyport.policy.document.Node;
import dev.sallyport.policy.lattice.Union;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.conditions}. They are decided on an event loop, so that what they cost together is bounded. */
final class ConditionsReader {
    /** How many conditions a document may have. */
    static final int MOST = 32;

    /** How many steps a document's conditions may take together: five milliseconds of the worst kind. */
    static final long MAX_STEPS = 100_000;

    private static final Pattern EXPRESSION = Pattern.compile("(?s).{1,2000}");

    private final Origin origin;
    private final Problems problems;
    private final Values values;
    private final Set<String> ids = new HashSet<>();
    private long steps;
    private final TreeMap<NamedCondition, SortedSet<Rule>> conditions = new TreeMap<>();

    ConditionsReader(Origin origin, Problems problems) {
        this.origin = origin;
        this.problems = problems;
        this.values = new Values(problems);
    }

    Union<NamedCondition, Rule> read(@Nullable Node node) {
        List<Node> items = values.items(node, "conditions", false);
        if (items.size() > MOST) {
            problems.at(
                    items.get(MOST),
                    "the document has " + items.size() + " conditions; at most " + MOST + " are accepted");
        } else {
            items.forEach(this::condition);
        }
        return new Union<>(conditions);
    }

    private void condition(Node item) {
        Keys keys = Keys.of(item, Section.CONDITION, problems);
        String id = values.text(keys.need("id", "the condition's name"), Values.ID, "a condition's name");
        Node expr = keys.need("expr", "a CEL expression");
        String expression = values.text(expr, EXPRESSION, "a CEL expression of at most 2000 characters");
        String reason = values.text(keys.get("reason"), Values.REASON, "a code such as BATCH_WINDOW");
        List<String> controls = values.controls(keys.get("controls"));
        if (id != null && !ids.add(id)) {
            problems.at(item, "the condition \"" + id + "\" stands here a second time");
        }
        if (id == null || expr == null || expression == null) {
            return;
        }
        Condition condition = Condition.of(expression);
        condition.faults().forEach(fault -> problems.at(expr, fault));
        boolean within = steps <= MAX_STEPS;
        steps += Math.min(condition.steps(), MAX_STEPS + 1);
        if (within && steps > MAX_STEPS) {
            problems.at(
                    expr,
                    "up to here the document's conditions can take more than " + MAX_STEPS
                            + " steps together, the most that are accepted; go round shorter lists, or match shorter"
                            + " patterns");
        }
        var named = new NamedCondition(
                origin.layer(), origin.document(), id, condition, reason == null ? NamedCondition.CODE : reason);
        Rule rule = origin.rule("conditions." + id, item.position().line(), controls);
        conditions.put(named, new TreeSet<>(Set.of(rule)));
    }
}
