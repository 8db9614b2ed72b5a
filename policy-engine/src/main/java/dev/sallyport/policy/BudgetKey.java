package dev.sallyport.policy;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a budget counts: two budgets of one key are one, with the lower limit.
 *
 * @param scope what it is counted for
 * @param window in what time
 */
record BudgetKey(Set<BudgetScope> scope, BudgetWindow window) implements Comparable<BudgetKey> {
    BudgetKey {
        scope = Set.copyOf(scope);
    }

    @Override
    public int compareTo(BudgetKey other) {
        return text().compareTo(other.text());
    }

    private String text() {
        return new TreeSet<>(scope) + " " + window.text();
    }
}
