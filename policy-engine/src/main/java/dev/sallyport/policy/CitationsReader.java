package dev.sallyport.policy;

import dev.sallyport.policy.document.Node;
import dev.sallyport.policy.lattice.Union;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.controls}: which rules, of whatever document, serve which controls. */
final class CitationsReader {
    private static final List<String> PATHS = Stream.of(
                    Stream.of("purposes", "input", "retention", "budgets", "rate", "output", "conditions"),
                    Section.INPUT.supported().stream().map(key -> "input." + key),
                    Section.OUTPUT.supported().stream().map(key -> "output." + key))
            .flatMap(paths -> paths)
            .toList();

    private final Origin origin;
    private final Problems problems;
    private final Values values;

    CitationsReader(Origin origin, Problems problems) {
        this.origin = origin;
        this.problems = problems;
        this.values = new Values(problems);
    }

    Union<Citation, Rule> read(@Nullable Node node) {
        TreeMap<Citation, SortedSet<Rule>> citations = new TreeMap<>();
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                cite(entry, citations);
            }
        } else if (node != null) {
            problems.at(node, "expected a mapping from rules to control ids; found " + Values.found(node));
        }
        return new Union<>(citations);
    }

    private void cite(Node.Entry entry, Map<Citation, SortedSet<Rule>> citations) {
        if (!PATHS.contains(entry.key())) {
            problems.at(
                    entry.value().path(),
                    entry.position(),
                    "unknown rule \"" + entry.key() + "\"; expected one of " + String.join(", ", PATHS));
            return;
        }
        Rule rule = origin.rule("controls." + entry.key(), entry.position().line());
        for (String control : values.controls(entry.value())) {
            citations.put(new Citation(entry.key(), control), new TreeSet<>(Set.of(rule)));
        }
    }
}
