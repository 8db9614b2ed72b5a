package dev.sallyport.policy;

import java.time.Duration;
import java.util.Set;

/**
 * How fast calls may come: a bucket of {@code burst} permits, refilled with {@code permits} every {@code per}; a call
 * takes one.
 *
 * @param id the name under which limits are shown to callers
 * @param scope what it is counted for
 * @param permits how many calls, at least 1
 * @param per in what time, at least a millisecond
 * @param burst how many calls at once, at least 1
 * @param origin the rule
 */
public record RateRule(String id, Set<BudgetScope> scope, long permits, Duration per, long burst, Rule origin) {
    /** Keeps its own copy of the scope. */
    public RateRule {
        scope = Set.copyOf(scope);
    }
}
