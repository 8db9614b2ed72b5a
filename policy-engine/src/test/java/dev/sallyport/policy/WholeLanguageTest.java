package dev.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.policy.document.Node;
import dev.sallyport.policy.document.Reading;
import dev.sallyport.policy.document.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every setting of the language, down to its single words, is either carried out, which a test shows, or refused when it is
 * published. A setting that is in neither list fails here.
 */
final class WholeLanguageTest {
    private static final Path ROOT = Path.of("..");
    private static final Node SCHEMA = tree(Packs.schema());
    private static final Node WHOLE = tree(ShippedText.of("whole-language.yaml"));
    private static final Map<String, String> SHOWN_BY = shownBy();

    private static Node tree(String source) {
        return switch (TreeReader.read(source)) {
            case Reading.Tree(var root) -> root;
            case Reading.Broken(var faults) -> throw new AssertionError(faults.toString());
        };
    }

    /** Lines of {@code setting = test file # method}; a setting that ends in {@code =*} stands for each of its words. */
    private static Map<String, String> shownBy() {
        Map<String, String> shown = new TreeMap<>();
        ShippedText.of("carried-out.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> {
                    String[] parts = line.split("\\s+\\|\\s+", 2);
                    assertThat(shown.put(parts[0].strip(), parts[1].strip()))
                            .as(line)
                            .isNull();
                });
        return shown;
    }

    private static boolean isShown(String setting) {
        return SHOWN_BY.containsKey(setting) || SHOWN_BY.containsKey(setting.replaceFirst("=.*", "=*"));
    }

    @Test
    void everySettingOfTheSchema_isCarriedOut_andNothingElseIsListed() {
        SortedSet<String> settings = new TreeSet<>();
        ofSchema(SCHEMA, "", settings);

        assertThat(settings)
                .hasSizeGreaterThan(60)
                .allSatisfy(setting -> assertThat(isShown(setting))
                        .as(setting + " is in the schema, and carried-out.txt names no test of it")
                        .isTrue());
        Set<String> all = settings.stream()
                .flatMap(setting -> List.of(setting, setting.replaceFirst("=.*", "=*")).stream())
                .collect(Collectors.toSet());
        assertThat(SHOWN_BY.keySet()).isSubsetOf(all);
    }

    @Test
    void everyTestNamed_isThere() {
        assertThat(SHOWN_BY).allSatisfy((setting, shown) -> {
            String[] parts = shown.split("#", 2);
            assertThat(ROOT.resolve(parts[0])).as(setting).exists();
            assertThat(read(ROOT.resolve(parts[0]))).as(setting).contains("void " + parts[1] + "(");
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A document that uses the whole language: each thing it says is carried out, or refused where it stands. */
    @Test
    void everySettingOfTheLanguage_isCarriedOutOrRefusedAtItsPlace() {
        List<PolicyProblem> problems = Fixtures.problemsOf(ShippedText.of("whole-language.yaml"));
        assertThat(problems).allSatisfy(problem -> assertThat(problem.message()).contains("not supported yet"));
        Set<String> refused = problems.stream().map(PolicyProblem::path).collect(Collectors.toSet());
        SortedSet<String> said = new TreeSet<>();
        ofDocument(WHOLE, refused, said);

        assertThat(said)
                .hasSizeGreaterThan(25)
                .allSatisfy(setting -> assertThat(isShown(setting) || isShown(setting.replaceFirst("=.*", "")))
                        .as(setting + " is neither refused nor carried out")
                        .isTrue());
    }

    /** What a document says and nobody refuses, as the schema names it. */
    private static void ofDocument(Node node, Set<String> refused, SortedSet<String> said) {
        if (refused.contains(node.path())) {
            return;
        }
        switch (node) {
            case Node.Mapping mapping -> mapping.entries().forEach(entry -> ofDocument(entry.value(), refused, said));
            case Node.Sequence sequence -> sequence.items().forEach(item -> ofDocument(item, refused, said));
            case Node.Scalar scalar ->
                said.add(node.path().replaceAll("\\[[0-9]+]", "[]").replaceFirst("\\[]$", "") + "=" + scalar.value());
        }
    }

    private static void ofSchema(Node schema, String path, SortedSet<String> settings) {
        if (get(schema, "properties") instanceof Node.Mapping properties) {
            for (Node.Entry property : properties.entries()) {
                ofSchema(property.value(), path.isEmpty() ? property.key() : path + "." + property.key(), settings);
            }
            return;
        }
        if (get(schema, "anyOf") instanceof Node.Sequence alternatives) {
            ofSchema(alternatives.items().getLast(), path, settings);
            return;
        }
        Node items = get(schema, "items");
        if (items != null) {
            boolean mappings = get(items, "properties") != null;
            ofSchema(items, mappings ? path + "[]" : path, settings);
        } else if (get(schema, "enum") instanceof Node.Sequence words) {
            words.items().forEach(word -> settings.add(path + "=" + ((Node.Scalar) word).value()));
        } else {
            settings.add(path);
        }
    }

    private static @Nullable Node get(Node node, String key) {
        return node instanceof Node.Mapping mapping
                ? mapping.entries().stream()
                        .filter(entry -> entry.key().equals(key))
                        .map(Node.Entry::value)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
