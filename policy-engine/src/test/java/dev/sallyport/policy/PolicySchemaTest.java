package dev.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.policy.document.Node;
import dev.sallyport.policy.document.Reading;
import dev.sallyport.policy.document.TreeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The published schema says what the parser does. */
final class PolicySchemaTest {
    private static final Node SCHEMA = schema();

    private static Node schema() {
        return switch (TreeReader.read(Packs.schema())) {
            case Reading.Tree(var root) -> root;
            case Reading.Broken(var faults) -> throw new AssertionError(faults.toString());
        };
    }

    private static @Nullable Node get(@Nullable Node node, String key) {
        return node instanceof Node.Mapping mapping
                ? mapping.entries().stream()
                        .filter(entry -> entry.key().equals(key))
                        .map(Node.Entry::value)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /** The mapping inside a property, past lists and the alternative to {@code any}. */
    private static @Nullable Node inner(@Nullable Node node) {
        if (get(node, "properties") != null || node == null) {
            return node;
        }
        if (get(node, "anyOf") instanceof Node.Sequence alternatives) {
            return inner(alternatives.items().getLast());
        }
        return inner(get(node, "items"));
    }

    private static Node at(String... path) {
        Node node = SCHEMA;
        for (String key : path) {
            node = Objects.requireNonNull(inner(get(get(node, "properties"), key)), key);
        }
        return node;
    }

    private static List<String> keys(Node node) {
        Node properties = get(node, "properties");
        return properties instanceof Node.Mapping mapping
                ? mapping.entries().stream().map(Node.Entry::key).toList()
                : List.of();
    }

    @Test
    void schema_hasTheKeysThatTheParserReads() {
        assertThat(keys(SCHEMA)).containsExactlyInAnyOrderElementsOf(Section.ROOT.supported());
        assertThat(keys(at("metadata"))).containsExactlyInAnyOrderElementsOf(Section.METADATA.supported());
        assertThat(keys(at("spec"))).containsExactlyInAnyOrderElementsOf(Section.SPEC.supported());
        assertThat(keys(at("spec", "match"))).containsExactlyInAnyOrderElementsOf(Section.MATCH.supported());
        assertThat(keys(at("spec", "purposes"))).containsExactlyInAnyOrderElementsOf(Section.PURPOSE.supported());
        assertThat(keys(at("spec", "input"))).containsExactlyInAnyOrderElementsOf(Section.INPUT.supported());
        assertThat(keys(at("spec", "input", "actions")))
                .containsExactlyInAnyOrderElementsOf(Section.ACTION.supported());
        assertThat(keys(at("spec", "retention"))).containsExactlyInAnyOrderElementsOf(Section.RETENTION.supported());
        assertThat(keys(at("spec", "retention", "decisionLog")))
                .containsExactlyInAnyOrderElementsOf(Section.DECISION_LOG.supported());
        assertThat(keys(at("spec", "budgets"))).containsExactlyInAnyOrderElementsOf(Section.BUDGET.supported());
        assertThat(keys(at("spec", "rate"))).containsExactlyInAnyOrderElementsOf(Section.RATE.supported());
        assertThat(keys(at("spec", "output"))).containsExactlyInAnyOrderElementsOf(Section.OUTPUT.supported());
        assertThat(keys(at("spec", "conditions"))).containsExactlyInAnyOrderElementsOf(Section.CONDITION.supported());
    }

    @Test
    void schema_namesTheMeetOfEverySetting() {
        List<String> without = new ArrayList<>();
        withoutMeet(at("spec"), "spec", without);

        assertThat(without).isEmpty();
    }

    private static void withoutMeet(Node section, String path, List<String> without) {
        for (String key : keys(section)) {
            Node property = get(get(section, "properties"), key);
            if (get(property, "x-meet") == null) {
                without.add(path + "." + key);
            }
            Node below = inner(property);
            if (below != null) {
                withoutMeet(below, path + "." + key, without);
            }
        }
    }

    @Test
    void shippedFiles_beginWithTheirSchema() {
        String line = "# yaml-language-server: $schema=../policy.schema.json\n";

        assertThat(Packs.baseline().source()).startsWith(line);
        assertThat(Packs.shipped().values())
                .allSatisfy(pack -> assertThat(pack.source()).startsWith(line));
    }
}
