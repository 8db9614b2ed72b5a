package dev.sallyport.policy;

import dev.sallyport.policy.detection.PersonalDataType;
import dev.sallyport.policy.document.Node;
import dev.sallyport.policy.lattice.Among;
import dev.sallyport.policy.lattice.AtMost;
import dev.sallyport.policy.lattice.Strictest;
import dev.sallyport.policy.lattice.Traced;
import dev.sallyport.policy.lattice.Union;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.input}. */
final class InputReader {
    private static final List<String> TYPES =
            Arrays.stream(PersonalDataType.values()).map(Enum::name).toList();

    /** Types of the language for which there is no detector yet. */
    private static final List<String> TYPES_LATER = List.of("PHONE", "PERSON", "CVV");

    private static final String FIELDS = "field names";

    private final Origin origin;
    private final Problems problems;
    private final Values values;
    private final @Nullable Keys input;

    InputReader(@Nullable Node node, Origin origin, Problems problems) {
        this.origin = origin;
        this.problems = problems;
        this.values = new Values(problems);
        this.input = node == null ? null : Keys.of(node, Section.INPUT, problems);
    }

    private @Nullable Node get(String key) {
        return input == null ? null : input.get(key);
    }

    private Rule rule(String key) {
        return origin.rule("input." + key, input == null ? 1 : input.line(key));
    }

    Traced<Strictest<UnknownFields>, Rule> unknownFields() {
        Node node = get("unknownFields");
        String word = values.word(node, List.of("reject", "drop"), List.of());
        if (word == null) {
            return Traced.unsaid(new Strictest<>(UnknownFields.DROP));
        }
        UnknownFields value = word.equals("reject") ? UnknownFields.REJECT : UnknownFields.DROP;
        return Traced.of(new Strictest<>(value), rule("unknownFields"));
    }

    Traced<Among<String>, Rule> allowed() {
        Node node = get("allowed");
        if (node == null) {
            return Traced.unsaid(Among.any());
        }
        Among<String> allowed =
                Values.isAny(node) ? Among.any() : Among.of(values.texts(node, Values.FIELD, FIELDS + ", or any"));
        return Traced.of(allowed, rule("allowed"));
    }

    /** The fields of a list, each with the line on which it stands. */
    Union<String, Rule> fields(String key) {
        TreeMap<String, SortedSet<Rule>> fields = new TreeMap<>();
        for (Node item : values.items(get(key), FIELDS, false)) {
            String field = values.text(item, Values.FIELD, "a field name");
            if (field != null) {
                fields.computeIfAbsent(field, f -> new TreeSet<>())
                        .add(origin.rule("input." + key, item.position().line()));
            }
        }
        return new Union<>(fields);
    }

    Traced<AtMost, Rule> limit(String key, long most) {
        Node node = get(key);
        if (node == null) {
            return Traced.unsaid(AtMost.UNLIMITED);
        }
        if (Values.isAny(node)) {
            return Traced.of(AtMost.UNLIMITED, rule(key));
        }
        Long limit = values.integer(node, 1, most);
        return limit == null ? Traced.unsaid(AtMost.UNLIMITED) : Traced.of(new AtMost(limit), rule(key));
    }

    Union<FieldAction, Rule> actions() {
        TreeMap<FieldAction, SortedSet<Rule>> actions = new TreeMap<>();
        for (Node item : values.items(get("actions"), "actions", false)) {
            action(item, actions);
        }
        return new Union<>(actions);
    }

    private void action(Node item, Map<FieldAction, SortedSet<Rule>> actions) {
        Keys keys = Keys.of(item, Section.ACTION, problems);
        List<PersonalDataType> types = types(keys);
        List<String> fields = actionFields(keys);
        String word = values.word(
                keys.need("do", "reject or redact"),
                List.of("reject", "redact"),
                List.of("pseudonymise", "generalise", "truncate"));
        Double confidence = values.share(keys.get("minConfidence"));
        String reason = values.text(keys.get("reason"), Values.REASON, "a code such as PCI_SAD");
        List<String> controls = values.controls(keys.get("controls"));
        if (word == null) {
            return;
        }
        if (reason != null && word.equals("redact")) {
            problems.at(item, "a reason goes with \"reject\"; \"redact\" denies nothing");
        }
        Detection.Action action = word.equals("reject") ? Detection.Action.REJECT : Detection.Action.REDACT;
        Rule rule = origin.rule("input.actions." + word, item.position().line(), controls);
        for (PersonalDataType type : types) {
            for (String field : fields) {
                var one = new FieldAction(
                        field, type, action, confidence == null ? 0 : confidence, reason == null ? "" : reason);
                actions.computeIfAbsent(one, a -> new TreeSet<>()).add(rule);
            }
        }
    }

    private List<PersonalDataType> types(Keys keys) {
        List<PersonalDataType> types = new ArrayList<>();
        Node detect = keys.need("detect", "a list of " + String.join(", ", TYPES));
        for (Node item : values.items(detect, String.join(", ", TYPES), true)) {
            String type = values.word(item, TYPES, TYPES_LATER);
            if (type != null) {
                types.add(PersonalDataType.valueOf(type));
            }
        }
        if (detect instanceof Node.Sequence list && list.items().isEmpty()) {
            problems.at(detect, "expected at least one of " + String.join(", ", TYPES));
        }
        return types;
    }

    /** The fields of an action; the empty name stands for every text field. */
    private List<String> actionFields(Keys keys) {
        Node node = keys.get("fields");
        if (node == null || Values.isAny(node)) {
            return List.of("");
        }
        List<String> fields = values.texts(node, Values.FIELD, FIELDS + ", or any");
        if (fields.isEmpty()) {
            problems.at(node, "expected at least one field name, or any");
        }
        return fields.stream().distinct().sorted(Comparator.naturalOrder()).collect(Collectors.toList());
    }
}
