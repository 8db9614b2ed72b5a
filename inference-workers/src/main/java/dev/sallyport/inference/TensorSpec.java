package dev.sallyport.inference;

import java.util.List;

/**
 * What a model version declares of one input or output.
 *
 * @param name 1 to 128 characters
 * @param datatype type of every element
 * @param shape one dimension or more, the first counting rows; −1 is variable, others at least 1
 */
public record TensorSpec(String name, Datatype datatype, List<Long> shape) {
    /** A dimension that each request may choose. */
    public static final long VARIABLE = -1;

    /** @throws IllegalArgumentException if a bound above does not hold */
    public TensorSpec {
        shape = List.copyOf(shape);
        if (name.isEmpty() || name.length() > 128) {
            throw new IllegalArgumentException("a tensor's name is 1 to 128 characters");
        }
        if (shape.isEmpty()) {
            throw new IllegalArgumentException("tensor " + name + " has no dimension that counts rows");
        }
        if (shape.stream().anyMatch(d -> d != VARIABLE && d < 1)) {
            throw new IllegalArgumentException("a dimension of tensor " + name + " is neither -1 nor positive");
        }
    }

    /** Whether requests choose how many rows they send. */
    public boolean variableRows() {
        return shape.getFirst() == VARIABLE;
    }

    /** Whether all dimensions after the first are fixed. */
    public boolean fixedRow() {
        return shape.stream().skip(1).noneMatch(d -> d == VARIABLE);
    }

    /**
     * Elements in one row.
     *
     * @return at least 1, or −1 if a dimension after the first is variable
     * @throws ArithmeticException if there are more than a {@code long} counts
     */
    public long rowElements() {
        return fixedRow() ? shape.stream().skip(1).reduce(1L, Math::multiplyExact) : VARIABLE;
    }
}
