package dev.sallyport.policy;

import dev.sallyport.policy.document.Node;
import dev.sallyport.policy.lattice.AtMost;
import dev.sallyport.policy.lattice.Strictest;
import dev.sallyport.policy.lattice.Traced;
import dev.sallyport.policy.output.Shape;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.output}. */
final class OutputReader {
    private static final int MOST_CLASSES = 1_000_000;
    private static final int MOST_DECIMALS = 15;

    private final Origin origin;
    private final Problems problems;
    private final Values values;
    private final @Nullable Keys output;

    OutputReader(@Nullable Node node, Origin origin, Problems problems) {
        this.origin = origin;
        this.problems = problems;
        this.values = new Values(problems);
        this.output = node == null ? null : Keys.of(node, Section.OUTPUT, problems);
    }

    private @Nullable Node get(String key) {
        return output == null ? null : output.get(key);
    }

    private Rule rule(String key) {
        return origin.rule("output." + key, output == null ? 1 : output.line(key));
    }

    Traced<Strictest<Shape>, Rule> shape() {
        Node node = get("shape");
        if (node == null) {
            return Traced.unsaid(new Strictest<>(Shape.FULL));
        }
        String word = values.word(node, List.of("label", "topk", "full", "any"), List.of());
        if (word == null) {
            return Traced.unsaid(new Strictest<>(Shape.FULL));
        }
        Shape shape = word.equals("any") ? Shape.FULL : Shape.valueOf(word.toUpperCase(Locale.ROOT));
        Node topK = get("topK");
        if (shape == Shape.TOPK && (topK == null || Values.isAny(topK))) {
            problems.at(node, "\"topK\" is missing; the shape topk needs how many scores to show");
        }
        return Traced.of(new Strictest<>(shape), rule("shape"));
    }

    Traced<AtMost, Rule> topK() {
        Node node = get("topK");
        boolean topk = get("shape") instanceof Node.Scalar shape && "topk".equals(shape.value());
        if (node != null && !Values.isAny(node) && !topk) {
            problems.at(node, "\"topK\" goes with \"shape: topk\", without which every score would be shown");
        }
        return limit(node, "topK", 1, MOST_CLASSES);
    }

    Traced<AtMost, Rule> roundTo() {
        return limit(get("roundTo"), "roundTo", 0, MOST_DECIMALS);
    }

    private Traced<AtMost, Rule> limit(@Nullable Node node, String key, long least, long most) {
        if (node == null) {
            return Traced.unsaid(AtMost.UNLIMITED);
        }
        if (Values.isAny(node)) {
            return Traced.of(AtMost.UNLIMITED, rule(key));
        }
        Long limit = values.integer(node, least, most);
        return limit == null ? Traced.unsaid(AtMost.UNLIMITED) : Traced.of(new AtMost(limit), rule(key));
    }
}
