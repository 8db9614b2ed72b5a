package dev.sallyport.policy;

import java.util.Set;

/** A call's fields, as the policy reads them. Implementations decode lazily: a policy reads only what its rules need. */
public interface InputFields {
    /**
     * The fields that the call sends, and names of tensors that are no field.
     *
     * @return the names
     */
    Set<String> names();

    /**
     * How many rows the call asks.
     *
     * @return at least 1
     */
    int rows();

    /**
     * Whether a field holds text.
     *
     * @param field one of {@link #names()}
     * @return true for BYTES
     */
    boolean text(String field);

    /**
     * A text field's value in a row, decoded as UTF-8.
     *
     * @param field a field that holds text
     * @param row from 0 to {@link #rows()} exclusive
     * @return the text
     */
    String value(String field, int row);
}
