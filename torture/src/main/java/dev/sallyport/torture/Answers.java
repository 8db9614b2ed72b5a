package dev.sallyport.torture;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What callers and administrators were told: the torturer's own books. Thread-safe. */
final class Answers {
    private final List<Answer> answers = new ArrayList<>();
    private final List<Revocation> revocations = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();

    /**
     * An answer that was received.
     *
     * @param record the id of the record that it names
     * @param tenant whose call it was
     * @param request the id that the call was sent with
     * @param receipt the receipt that came with it; null if none did
     */
    record Answer(
            String record,
            String tenant,
            String request,
            @Nullable String receipt) {}

    /**
     * A key whose revocation was acknowledged.
     *
     * @param tenant whose key
     * @param key its id
     */
    record Revocation(String tenant, String key) {}

    synchronized void add(Answer answer) {
        answers.add(answer);
    }

    synchronized void add(Revocation revocation) {
        revocations.add(revocation);
    }

    /** Counts an outcome, such as {@code 200} or {@code broken}. */
    synchronized void count(String outcome) {
        counts.merge(outcome, 1L, Long::sum);
    }

    /** How often an outcome was counted. */
    synchronized long counted(String outcome) {
        return counts.getOrDefault(outcome, 0L);
    }

    synchronized int size() {
        return answers.size();
    }

    /** The answers from a place on. */
    synchronized List<Answer> from(int place) {
        return List.copyOf(answers.subList(place, answers.size()));
    }

    synchronized List<Revocation> revocations() {
        return List.copyOf(revocations);
    }

    synchronized JsonObject json() {
        JsonObject json = new JsonObject().put("answers", answers.size()).put("revocations", revocations.size());
        JsonObject outcomes = new JsonObject();
        counts.forEach(outcomes::put);
        return json.put("outcomes", outcomes);
    }
}
