package dev.sallyport.policy;

import java.util.Comparator;

/**
 * That rules serve a control, whoever wrote them.
 *
 * @param path the rules: this one and all below it, such as {@code input} or {@code input.forbidden}
 * @param control the control, such as {@code GDPR-5.1.c}
 */
record Citation(String path, String control) implements Comparable<Citation> {
    private static final Comparator<Citation> ORDER =
            Comparator.comparing(Citation::path).thenComparing(Citation::control);

    boolean covers(String rule) {
        return rule.equals(path) || (rule.startsWith(path) && rule.charAt(path.length()) == '.');
    }

    @Override
    public int compareTo(Citation other) {
        return ORDER.compare(this, other);
    }
}
