package dev.sallyport.reports;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many controls had which result. It tells how many tests passed of how many, and no more.
 *
 * @param outcomes the number of controls for each outcome
 */
public record Summary(Map<Outcome, Integer> outcomes) {
    /** Copies the numbers; an outcome without one has 0. */
    public Summary {
        Map<Outcome, Integer> all = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            all.put(outcome, outcomes.getOrDefault(outcome, 0));
        }
        outcomes = Collections.unmodifiableMap(all);
    }

    /** Counts results. */
    static Summary of(List<ControlResult> results) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        results.forEach(result -> outcomes.merge(result.outcome(), 1, Integer::sum));
        return new Summary(outcomes);
    }

    /**
     * The controls with an outcome.
     *
     * @param outcome which
     */
    public int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    /** The tests that found no exception. */
    public int passed() {
        return count(Outcome.SATISFIED);
    }

    /** The tests that had something to look at. */
    public int tested() {
        return passed() + count(Outcome.NOT_SATISFIED);
    }

    /** All controls. */
    public int controls() {
        return outcomes.values().stream().mapToInt(Integer::intValue).sum();
    }
}
