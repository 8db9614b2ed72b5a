package dev.sallyport.policy;

import dev.sallyport.policy.condition.Condition;
import java.util.Collection;

/** What callers are told about a condition that denies. */
final class ConditionSentences {
    private static final int SHOWN = 160;

    private ConditionSentences() {}

    static String denial(String id, Condition condition, Condition.Outcome outcome, Collection<String> missing) {
        String name = "condition \"" + id + "\"";
        return switch (outcome) {
            case HOLDS -> name + " holds";
            case FAILS -> name + " does not hold: " + shown(condition);
            case UNDECIDED ->
                missing.isEmpty()
                        ? name + " could not be decided: " + shown(condition)
                        : name + " could not be decided without " + String.join(", ", missing) + ": "
                                + shown(condition);
        };
    }

    private static String shown(Condition condition) {
        String line = condition.expression().replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
