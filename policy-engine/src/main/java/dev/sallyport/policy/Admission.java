package dev.sallyport.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call's facts, before its content is looked at.
 *
 * @param decision permit, or why not
 * @param purpose the purpose under which it is permitted; null when it is not
 * @param budgets the budgets to reserve rows from; empty when it is not permitted
 * @param rates the rates to take permits from; empty when it is not permitted
 */
public record Admission(
        Decision decision, @Nullable PurposeRule purpose, List<BudgetRule> budgets, List<RateRule> rates) {
    /** Keeps its own copies. */
    public Admission {
        budgets = List.copyOf(budgets);
        rates = List.copyOf(rates);
    }
}
