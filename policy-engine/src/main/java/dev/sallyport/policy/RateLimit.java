package dev.sallyport.policy;

import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/** A rate; all distinct rates hold together. Components as in {@link RateRule}. */
record RateLimit(Set<BudgetScope> scope, long permits, Duration per, long burst) implements Comparable<RateLimit> {
    private static final Comparator<RateLimit> ORDER = Comparator.comparing(RateLimit::scopeText)
            .thenComparing(RateLimit::per)
            .thenComparingLong(RateLimit::permits)
            .thenComparingLong(RateLimit::burst);

    RateLimit {
        scope = Set.copyOf(scope);
    }

    String scopeText() {
        return String.join(
                "-", new TreeSet<>(scope).stream().map(BudgetScope::id).toList());
    }

    @Override
    public int compareTo(RateLimit other) {
        return ORDER.compare(this, other);
    }
}
