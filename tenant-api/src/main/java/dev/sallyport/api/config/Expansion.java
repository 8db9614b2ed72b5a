package dev.sallyport.api.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with its {@code ${VAR}} and {@code ${VAR:default}} replaced.
 *
 * @param text the result; a variable without value and default is replaced by nothing
 * @param missing the variables that had neither
 */
record Expansion(String text, List<String> missing) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");

    static Expansion of(String text, Map<String, String> environment) {
        List<String> missing = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String value = environment.get(matcher.group(1));
            String fallback = matcher.group(2);
            if (value == null && fallback == null) {
                missing.add(matcher.group(1));
            }
            String replacement = value != null ? value : fallback != null ? fallback : "";
            matcher.appendReplacement(result, Matcher.quoteReplacement(replacement));
        }
        matcher.appendTail(result);
        return new Expansion(result.toString(), List.copyOf(missing));
    }
}
