package dev.sallyport.inference;

import org.jspecify.annotations.Nullable;

/**
 * A name that policies know for a part of a model's input: a whole tensor, or one column of a {@code [rows, n]}
 * tensor.
 *
 * @param name unique in the signature, 1 to 128 characters
 * @param tensor the input tensor it lies in
 * @param column zero-based; −1 for the whole tensor
 * @param missing finite number that stands for "not given", so that a policy may drop the field; null if there is none
 * @param ignored whether the model never reads it: it is there for policies and records only
 */
public record Field(
        String name, String tensor, int column, @Nullable Double missing, boolean ignored) {
    /** The {@link #column} of a field that is a whole tensor. */
    public static final int WHOLE = -1;

    /** @throws IllegalArgumentException if a bound above does not hold */
    public Field {
        if (name.isEmpty() || name.length() > 128) {
            throw new IllegalArgumentException("a field's name is 1 to 128 characters");
        }
        if (column < WHOLE) {
            throw new IllegalArgumentException("field " + name + " has a negative column");
        }
        if (missing != null && !Double.isFinite(missing)) {
            throw new IllegalArgumentException("field " + name + " has a missing value that is not finite");
        }
    }

    /** A field that is a whole tensor of the same name. */
    public static Field whole(String tensor) {
        return new Field(tensor, tensor, WHOLE, null, false);
    }

    /** A field that is one column of a tensor. */
    public static Field column(String name, String tensor, int column) {
        return new Field(name, tensor, column, null, false);
    }

    /** A field that is a whole tensor which the model never reads. */
    public static Field ignored(String tensor) {
        return new Field(tensor, tensor, WHOLE, null, true);
    }

    /** This field with a value that stands for "not given". */
    public Field withMissing(double value) {
        return new Field(name, tensor, column, value, ignored);
    }
}
