package dev.sallyport.policy.condition;

/** A condition: its text, and the program made of it at first use. Immutable and thread-safe. */
public final class Condition {
    private final String expression;

    private Condition(String expression) {
        this.expression = expression;
    }

    /**
     * A condition that is compiled when it is first used.
     *
     * @param expression the text
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
