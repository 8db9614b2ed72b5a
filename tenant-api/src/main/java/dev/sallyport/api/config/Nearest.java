package dev.sallyport.api.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds what was probably meant by a key that does not exist. */
final class Nearest {
    private static final int CLOSE = 3;

    private Nearest() {}

    /** A hint such as {@code ; did you mean server.port?}, or nothing where no key is close. */
    static String hint(String path, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(path, candidate)))
                .filter(candidate -> distance(path, candidate) <= CLOSE)
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse("");
    }

    /** Levenshtein's distance, in single-character edits. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swap = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(swap, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
