package dev.sallyport.policy;

import dev.sallyport.policy.document.Node;
import java.math.BigInteger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads single values and lists of them; whatever is not what was expected is a problem, and null. */
final class Values {
    static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    static final Pattern CONTROL = Pattern.compile("[A-Z][A-Z0-9]{1,15}-[0-9A-Za-z]+(\\.[0-9A-Za-z]+)*");
    static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]{1,63}");
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,191}");
    static final Pattern FIELD = Pattern.compile("[^\\p{Cntrl}]{1,128}");
    static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]{1,256}");

    private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    /** Whether a node is the word that stands for the top of every set and limit. */
    static boolean isAny(Node node) {
        return node instanceof Node.Scalar scalar && "any".equals(scalar.value());
    }

    @Nullable
    String text(@Nullable Node node, Pattern form, String expected) {
        if (node == null) {
            return null;
        }
        if (node instanceof Node.Scalar scalar
                && scalar.value() instanceof String text
                && form.matcher(text).matches()) {
            return text;
        }
        problems.at(node, "expected " + expected + "; found " + found(node));
        return null;
    }

    @Nullable
    Long integer(@Nullable Node node, long least, long most) {
        if (node == null) {
            return null;
        }
        if (node instanceof Node.Scalar scalar
                && scalar.value() instanceof BigInteger number
                && number.compareTo(BigInteger.valueOf(least)) >= 0
                && number.compareTo(BigInteger.valueOf(most)) <= 0) {
            return number.longValueExact();
        }
        problems.at(node, "expected a whole number from " + least + " to " + most + "; found " + found(node));
        return null;
    }

    @Nullable
    Double share(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        if (node instanceof Node.Scalar scalar && scalar.value() instanceof Number number) {
            double value = number.doubleValue();
            if (value >= 0 && value <= 1) {
                return value;
            }
        }
        problems.at(node, "expected a number from 0 to 1; found " + found(node));
        return null;
    }

    /** One of some words; those of the language that are not done yet are told apart from those that it does not have. */
    @Nullable
    String word(@Nullable Node node, List<String> supported, List<String> later) {
        if (node == null) {
            return null;
        }
        if (node instanceof Node.Scalar scalar && scalar.value() instanceof String text) {
            if (supported.contains(text)) {
                return text;
            }
            if (later.contains(text)) {
                problems.notYet(node, "\"" + text + "\" for \"" + node.path() + "\"");
                return null;
            }
        }
        problems.at(node, "expected " + String.join(" or ", supported) + "; found " + found(node));
        return null;
    }

    /** The items of a list; one alone may stand without brackets where {@code orOne}. */
    List<Node> items(@Nullable Node node, String expected, boolean orOne) {
        if (node == null) {
            return List.of();
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        if (orOne && node instanceof Node.Scalar scalar && scalar.value() instanceof String) {
            return List.of(node);
        }
        problems.at(node, "expected a list of " + expected + "; found " + found(node));
        return List.of();
    }

    List<String> texts(@Nullable Node node, Pattern form, String expected) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(node, expected, false)) {
            String text = text(item, form, expected);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    List<String> controls(@Nullable Node node) {
        return texts(node, CONTROL, "control ids such as GDPR-5.1.c").stream()
                .sorted()
                .distinct()
                .toList();
    }

    /** A span of time: ISO 8601, or a number with ms, s, m, h or d. */
    @Nullable
    Duration duration(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        Duration duration = node instanceof Node.Scalar scalar && scalar.value() instanceof String text
                ? parseDuration(text)
                : null;
        if (duration == null || duration.isZero() || duration.isNegative()) {
            problems.at(node, "expected a duration such as PT1S, 30s or 24h; found " + found(node));
            return null;
        }
        return duration;
    }

    static @Nullable Duration parseDuration(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text);
        try {
            if (!matcher.matches()) {
                return Duration.parse(text);
            }
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** A value as errors show it: short, and of the document, never of a call. */
    static String found(Node node) {
        if (node instanceof Node.Scalar scalar && scalar.value() instanceof String text) {
            String line = text.replaceAll("\\p{Cntrl}", " ");
            return "\"" + (line.length() > 60 ? line.substring(0, 60) + "…" : line) + "\"";
        }
        return node.kind();
    }
}
