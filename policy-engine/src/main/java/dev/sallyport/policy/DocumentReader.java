package dev.sallyport.policy;

import dev.sallyport.policy.document.Node;
import dev.sallyport.policy.document.Position;
import dev.sallyport.policy.lattice.Among;
import dev.sallyport.policy.lattice.Union;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a document's tree. One reader reads one document. */
final class DocumentReader {
    private static final List<String> LAYERS =
            Arrays.stream(Layer.values()).map(Layer::id).toList();

    private final Problems problems;
    private final Values values;
    private final String name;
    private final @Nullable Layer expected;
    private final String source;
    private final String digest;

    DocumentReader(String name, @Nullable Layer expected, String source, String digest, Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
        this.name = name;
        this.expected = expected;
        this.source = source;
        this.digest = digest;
    }

    /** The document; to be used only when there were no problems. */
    PolicyDocument read(Node tree) {
        Keys root = Keys.of(tree, Section.ROOT, problems);
        values.word(root.need("apiVersion", "sallyport/v1"), List.of("sallyport/v1"), List.of());
        values.word(root.need("kind", "InferencePolicy"), List.of("InferencePolicy"), List.of());
        Keys metadata = keys(root, "metadata", Section.METADATA);
        Keys spec = keys(root, "spec", Section.SPEC);
        Origin origin = origin(metadata);
        Settings settings = spec == null ? Settings.TOP : settings(spec, origin);
        Match match = spec == null ? Match.ANY : match(spec);
        if (spec != null) {
            values.word(spec.get("mode"), List.of("enforce"), List.of("shadow"));
        }
        values.text(get(metadata, "owner"), Values.LINE, "a line of text");
        Long basedOn = values.integer(get(metadata, "basedOn"), 0, Integer.MAX_VALUE);
        return new PolicyDocument(
                origin,
                source,
                basedOn == null ? OptionalInt.empty() : OptionalInt.of(basedOn.intValue()),
                parents(metadata, origin),
                controls(metadata, settings),
                match,
                settings);
    }

    private @Nullable Keys keys(Keys root, String key, Section section) {
        Node node = root.get(key);
        return node == null ? null : Keys.of(node, section, problems);
    }

    private static @Nullable Node get(@Nullable Keys keys, String key) {
        return keys == null ? null : keys.get(key);
    }

    private Origin origin(@Nullable Keys metadata) {
        String given = values.text(get(metadata, "name"), Values.NAME, "a name such as tenant/acme-clinic");
        Node node = get(metadata, "layer");
        String word = values.word(node, LAYERS, List.of());
        Layer layer = word == null ? expected : Layer.valueOf(word.toUpperCase(Locale.ROOT));
        if (node == null && expected == null) {
            problems.at(
                    metadata == null ? "metadata" : "metadata.layer",
                    metadata == null ? Position.START : metadata.position("layer"),
                    "\"metadata.layer\" is missing; expected " + String.join(" or ", LAYERS));
        }
        if (node != null && layer != null && expected != null && layer != expected) {
            problems.at(node, "expected the layer " + expected.id() + " here; found " + layer.id());
        }
        if (given != null && layer != null && metadata != null) {
            named(layer, given, metadata.position("name"));
        }
        return new Origin(layer == null ? Layer.TENANT : layer, given == null ? name : given, digest);
    }

    /** Decisions cite a document by its name: nobody is to take a tenant's for the platform's or for a pack's. */
    private void named(Layer layer, String given, Position position) {
        String lower = given.toLowerCase(Locale.ROOT);
        boolean ofPlatform = lower.startsWith("platform");
        boolean ofPack = lower.startsWith("pack/") || Packs.IDS.contains(lower);
        if (layer.compareTo(Layer.TENANT) >= 0 && (ofPlatform || ofPack)) {
            problems.at(
                    "metadata.name",
                    position,
                    "the name \"" + given + "\" is kept for " + (ofPlatform ? "the platform's documents" : "packs")
                            + "; expected another for a document of the layer " + layer.id()
                            + ", such as tenant/acme-clinic");
        }
    }

    private List<Rule> parents(@Nullable Keys metadata, Origin origin) {
        String form = "document names such as platform/baseline";
        List<Rule> parents = new ArrayList<>();
        for (Node item : values.items(get(metadata, "extends"), form, false)) {
            String parent = values.text(item, Values.NAME, form);
            if (parent != null) {
                parents.add(origin.rule(parent, item.position().line()));
            }
        }
        return parents;
    }

    /** All controls that a document speaks of, wherever it does. */
    private List<String> controls(@Nullable Keys metadata, Settings settings) {
        TreeSet<String> controls = new TreeSet<>(values.controls(get(metadata, "controls")));
        settings.citations().elements().forEach(citation -> controls.add(citation.control()));
        List<Rule> rules = new ArrayList<>();
        settings.terms()
                .values()
                .values()
                .forEach(terms -> rules.addAll(terms.said().keySet()));
        settings.budgets()
                .values()
                .values()
                .forEach(budget -> rules.addAll(budget.said().keySet()));
        rules(settings.actions(), rules);
        rules(settings.rates(), rules);
        rules(settings.conditions(), rules);
        rules.forEach(rule -> controls.addAll(rule.controls()));
        return List.copyOf(controls);
    }

    private static <E extends Comparable<E>> void rules(Union<E, Rule> union, List<Rule> rules) {
        union.asked().values().forEach(rules::addAll);
    }

    private Settings settings(Keys spec, Origin origin) {
        var purposes = new PurposesReader(origin, problems);
        var input = new InputReader(spec.get("input"), origin, problems);
        var budgets = new BudgetsReader(origin, problems);
        var output = new OutputReader(spec.get("output"), origin, problems);
        var ids = purposes.read(spec.get("purposes"), spec.line("purposes"));
        return new Settings(
                ids,
                purposes.terms(),
                input.unknownFields(),
                input.fields("required"),
                input.allowed(),
                input.fields("forbidden"),
                input.actions(),
                input.limit("maxBytes", 1L << 40),
                input.limit("maxRows", Integer.MAX_VALUE),
                new RetentionReader(origin, problems).decisionLogFloor(spec.get("retention")),
                budgets.budgets(spec.get("budgets")),
                budgets.rate(spec.get("rate")),
                output.shape(),
                output.topK(),
                output.roundTo(),
                new ConditionsReader(origin, problems).read(spec.get("conditions")),
                new CitationsReader(origin, problems).read(spec.get("controls")));
    }

    private Match match(Keys spec) {
        Keys match = keys(spec, "match", Section.MATCH);
        Node actions = get(match, "actions");
        if (actions != null && !Values.isAny(actions)) {
            List<Node> items = values.items(actions, "actions, or any", false);
            items.forEach(item -> values.word(item, List.of(AdmitFacts.PREDICT), List.of("explain")));
            if (actions instanceof Node.Sequence && items.isEmpty()) {
                problems.at(actions, "expected at least one action, or any");
            }
        }
        return new Match(
                names(get(match, "tenants"), "a tenant's id", TenantId::new),
                names(get(match, "models"), "a model's name", ModelName::new),
                versions(get(match, "modelVersions")));
    }

    private <E extends Comparable<E>> Among<E> names(
            @Nullable Node node, String expectedName, Function<String, E> type) {
        if (node == null || Values.isAny(node)) {
            return Among.any();
        }
        List<E> names = new ArrayList<>();
        for (Node item : values.items(node, expectedName + ", or any", false)) {
            String text = values.text(item, Values.LINE, expectedName);
            try {
                if (text != null) {
                    names.add(type.apply(text));
                }
            } catch (IllegalArgumentException e) {
                problems.at(item, "expected " + expectedName + ": " + e.getMessage());
            }
        }
        return Among.of(names);
    }

    private VersionRange versions(@Nullable Node node) {
        if (node == null || Values.isAny(node)) {
            return VersionRange.ANY;
        }
        String form = "a range in quotes, such as \">=3.0.0\" or \">=2, <3\"";
        String text = values.text(node, Values.LINE, form);
        if (text == null) {
            return VersionRange.ANY;
        }
        return VersionRange.parse(text).orElseGet(() -> {
            problems.at(node, "expected " + form + "; found " + Values.found(node));
            return VersionRange.ANY;
        });
    }
}
