package dev.sallyport.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions of a model a document is for: comparisons by number, all of which must hold.
 *
 * @param bounds the comparisons; empty for any version
 */
record VersionRange(List<Bound> bounds) {
    static final VersionRange ANY = new VersionRange(List.of());

    private static final Pattern BOUND = Pattern.compile("(>=|<=|>|<|=)?\\s*([0-9.]+)");

    VersionRange {
        bounds = List.copyOf(bounds);
    }

    record Bound(String comparison, ModelVersion version) {
        boolean holds(ModelVersion candidate) {
            int order = candidate.compareNumbers(version);
            return switch (comparison) {
                case ">=" -> order >= 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case "<" -> order < 0;
                default -> order == 0;
            };
        }
    }

    /**
     * Reads a range.
     *
     * @param text comparisons such as {@code >=3.0.0}, separated by commas
     * @return the range; empty when the text is none
     */
    static Optional<VersionRange> parse(String text) {
        List<Bound> bounds = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = BOUND.matcher(part.strip());
            if (!matcher.matches()) {
                return Optional.empty();
            }
            String comparison = matcher.group(1) == null ? "=" : matcher.group(1);
            try {
                bounds.add(new Bound(comparison, new ModelVersion(matcher.group(2))));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(new VersionRange(bounds));
    }

    boolean contains(ModelVersion version) {
        for (Bound bound : bounds) {
            if (!bound.holds(version)) {
                return false;
            }
        }
        return true;
    }
}
