package dev.sallyport.policy.condition;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition: its text, and the program that is made of it at first use and kept. Immutable to see, and thread-safe; equal
 * to another of the same text.
 */
public final class Condition {
    private final String expression;
    private volatile Compiler.@Nullable Compiled compiled;

    private Condition(String expression) {
        this.expression = expression;
    }

    /** What became of a condition. Whoever permits, permits on {@link #HOLDS} and nothing else. */
    public enum Outcome {
        /** It is true. */
        HOLDS,
        /** It is false. */
        FAILS,
        /** It could not be decided: a fact that it uses is not known, or its evaluation failed. */
        UNDECIDED
    }

    /**
     * A condition that is compiled when it is first used.
     *
     * @param expression the text, sound or not
     * @return the condition
     */
    public static Condition of(String expression) {
        return new Condition(expression);
    }

    /**
     * Its text, which is all that has to travel between processes.
     *
     * @return the CEL expression
     */
    public String expression() {
        return expression;
    }

    /**
     * What is wrong with the text.
     *
     * @return sentences that name the place in the expression; empty when it is sound
     */
    public List<String> faults() {
        return compiled().faults();
    }

    /**
     * What it refers to.
     *
     * @return facts such as {@code request.rows}, {@code output.confidence} or {@code now}
     */
    public Set<String> facts() {
        return compiled().facts();
    }

    /**
     * What deciding it can cost at most.
     *
     * @return in steps of some 100 ns, worked out from the text; 0 when it is not sound
     */
    public long steps() {
        return compiled().steps();
    }

    /**
     * Whether it can be decided only when there is an output.
     *
     * @return true when it refers to {@code output}
     */
    public boolean onOutput() {
        return facts().stream().anyMatch(fact -> fact.equals("output") || fact.startsWith("output."));
    }

    /**
     * Decides it.
     *
     * @param facts what is known
     * @return what became of it; {@link Outcome#UNDECIDED} too when the text is not sound
     */
    public Outcome decide(ConditionFacts facts) {
        CelRuntime.Program program = compiled().program();
        if (program == null) {
            return Outcome.UNDECIDED;
        }
        try {
            // A missing variable gives an unknown set and no exception: only the two booleans are an answer.
            Object result = program.eval(facts.resolver());
            if (Boolean.TRUE.equals(result)) {
                return Outcome.HOLDS;
            }
            return Boolean.FALSE.equals(result) ? Outcome.FAILS : Outcome.UNDECIDED;
        } catch (CelEvaluationException | RuntimeException e) {
            return Outcome.UNDECIDED;
        }
    }

    private Compiler.Compiled compiled() {
        Compiler.Compiled made = compiled;
        if (made == null) {
            made = Compiler.compile(expression);
            compiled = made;
        }
        return made;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Condition that && expression.equals(that.expression);
    }

    @Override
    public int hashCode() {
        return expression.hashCode();
    }

    @Override
    public String toString() {
        return expression;
    }
}
