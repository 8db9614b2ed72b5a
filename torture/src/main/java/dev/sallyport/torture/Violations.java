package dev.sallyport.torture;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was looked at and what was found wrong, by check. Thread-safe. */
final class Violations {
    private static final int KEPT = 50;

    private final Map<String, Long> looked = new LinkedHashMap<>();
    private final Map<String, Long> wrong = new LinkedHashMap<>();
    private final Map<String, Long> longest = new LinkedHashMap<>();
    private final List<String> sentences = new ArrayList<>();

    /** Says how many things a check has looked at. */
    synchronized void looked(String check, long count) {
        looked.merge(check, count, Long::sum);
    }

    /** Says how long a check had to wait, in milliseconds; the longest is kept. */
    synchronized void longest(String check, long millis) {
        longest.merge(check, millis, Math::max);
    }

    synchronized void add(String check, String sentence) {
        looked.putIfAbsent(check, 0L);
        if (wrong.merge(check, 1L, Long::sum) <= KEPT) {
            sentences.add(check + ": " + sentence);
        }
    }

    synchronized boolean isEmpty() {
        return wrong.isEmpty();
    }

    /** Whether a check found anything wrong. */
    synchronized boolean has(String check) {
        return wrong.containsKey(check);
    }

    synchronized List<String> sentences() {
        return List.copyOf(sentences);
    }

    synchronized JsonArray json() {
        JsonArray checks = new JsonArray();
        looked.forEach((check, count) -> {
            JsonObject row = new JsonObject()
                    .put("check", check)
                    .put("looked", count)
                    .put("violations", wrong.getOrDefault(check, 0L));
            if (longest.containsKey(check)) {
                row.put("longestMillis", longest.get(check));
            }
            checks.add(row);
        });
        return checks;
    }
}
