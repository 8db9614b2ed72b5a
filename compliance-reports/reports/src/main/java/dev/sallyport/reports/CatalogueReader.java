package dev.sallyport.reports;

import dev.sallyport.format.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Reads a catalogue. Its keys are closed: a misspelt one is an error, since a query that asks less than it was
 * meant to would find a control satisfied that is not.
 */
final class CatalogueReader {
    private final String place;

    private CatalogueReader(String place) {
        this.place = place;
    }

    /** @throws IllegalArgumentException if the catalogue is not of the form, with the control in which it is not */
    static Framework read(String id, byte[] yaml) {
        LoadSettings settings = LoadSettings.builder().setLabel(id).build();
        Object document = new Load(settings).loadFromString(new String(yaml, StandardCharsets.UTF_8));
        CatalogueReader top = new CatalogueReader(id);
        Map<?, ?> root = top.map(document, Set.of("framework", "title", "controls"));
        if (!id.equals(top.string(root, "framework"))) {
            throw top.fault("the catalogue names another framework");
        }
        List<Control> controls = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Object item : top.list(root, "controls")) {
            Control control = control(id, item);
            if (!ids.add(control.id())) {
                throw top.fault("two controls are called " + control.id());
            }
            controls.add(control);
        }
        return new Framework(id, top.string(root, "title"), Sha256.hex(yaml), controls);
    }

    private static Control control(String framework, @Nullable Object item) {
        CatalogueReader nameless = new CatalogueReader(framework + ", a control");
        Map<?, ?> map = nameless.map(
                item,
                Set.of("id", "title", "responsibility", "enforces", "source", "test", "counts", "result", "reason"));
        String id = nameless.string(map, "id");
        if (!id.startsWith(framework.toUpperCase(Locale.ROOT) + "-")) {
            throw nameless.fault("the id " + id + " does not begin with the framework");
        }
        return new CatalogueReader(id).control(framework, id, map);
    }

    private Control control(String framework, String id, Map<?, ?> map) {
        Map<?, ?> source = map(map.get("source"), Set.of("text", "date"));
        return new Control(
                id,
                framework,
                string(map, "title"),
                responsibility(string(map, "responsibility")),
                map.containsKey("enforces") ? string(map, "enforces") : "",
                new LegalSource(string(source, "text"), string(source, "date")),
                evidence(map));
    }

    private Evidence evidence(Map<?, ?> map) {
        List<Count> counts = new ArrayList<>();
        for (Object item : map.containsKey("counts") ? list(map, "counts") : List.of()) {
            Map<?, ?> count = map(item, Set.of("name", "where", "by"));
            RecordField by = count.containsKey("by") ? field(string(count, "by")) : null;
            counts.add(new Count(string(count, "name"), filter(count.get("where")), by));
        }
        if (map.containsKey("test") == map.containsKey("result")) {
            throw fault("a control has either a test or a result known beforehand");
        }
        return map.containsKey("test")
                ? test(map.get("test"), counts)
                : new Evidence.Untested(outcome(string(map, "result")), string(map, "reason"), counts);
    }

    private Evidence.Test test(@Nullable Object item, List<Count> counts) {
        Map<?, ?> test = map(item, Set.of("claim", "limits", "applies", "otherwise", "population", "exceptions"));
        return new Evidence.Test(
                string(test, "claim"),
                test.containsKey("limits") ? string(test, "limits") : null,
                test.containsKey("applies") ? filter(test.get("applies")) : null,
                test.containsKey("otherwise") ? string(test, "otherwise") : null,
                filter(test.get("population")),
                list(test, "exceptions").stream().map(this::filter).toList(),
                counts);
    }

    private Filter filter(@Nullable Object item) {
        if (!(item instanceof Map<?, ?> map)) {
            throw fault("a filter maps fields to conditions");
        }
        List<Filter.Term> terms = new ArrayList<>();
        map.forEach((name, condition) -> terms.add(new Filter.Term(field(String.valueOf(name)), condition(condition))));
        return new Filter(terms);
    }

    private Condition condition(@Nullable Object item) {
        if (item instanceof String value) {
            return new Condition.AnyOf(List.of(value));
        }
        if (item instanceof List<?> values) {
            return new Condition.AnyOf(strings(values));
        }
        Map<?, ?> map = map(item, Set.of("present", "noneOf"));
        if (map.size() == 1 && map.get("present") instanceof Boolean wanted) {
            return new Condition.Present(wanted);
        }
        if (map.size() == 1 && map.get("noneOf") instanceof List<?> values) {
            return new Condition.NoneOf(strings(values));
        }
        throw fault("a condition is a value, a list, {present: true|false} or {noneOf: [...]}");
    }

    private RecordField field(String name) {
        return RecordField.named(name).orElseThrow(() -> fault("no record field is called " + name));
    }

    private Responsibility responsibility(String code) {
        for (Responsibility responsibility : Responsibility.values()) {
            if (responsibility.code().equals(code)) {
                return responsibility;
            }
        }
        throw fault("no responsibility is called " + code);
    }

    private Outcome outcome(String code) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.code().equals(code)) {
                return outcome;
            }
        }
        throw fault("no result is called " + code);
    }

    private Map<?, ?> map(@Nullable Object item, Set<String> keys) {
        if (!(item instanceof Map<?, ?> map)) {
            throw fault("expected a map of " + keys);
        }
        for (Object key : map.keySet()) {
            if (!(key instanceof String name) || !keys.contains(name)) {
                throw fault("unknown key " + key);
            }
        }
        return map;
    }

    private List<?> list(Map<?, ?> map, String key) {
        if (map.get(key) instanceof List<?> list && !list.isEmpty()) {
            return list;
        }
        throw fault(key + " is a list that is not empty");
    }

    private String string(Map<?, ?> map, String key) {
        if (map.get(key) instanceof String value && !value.isBlank()) {
            return value.strip();
        }
        throw fault(key + " is a text");
    }

    private List<String> strings(List<?> values) {
        return values.stream()
                .map(value -> {
                    if (value instanceof String text) {
                        return text;
                    }
                    throw fault("a list in a condition has texts only");
                })
                .toList();
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException(place + ": " + what);
    }
}
