package dev.sallyport.format;

import org.jspecify.annotations.Nullable;

/**
 * What an answer used of a budget. It is added to the budget's sum in the transaction that writes the record.
 *
 * @param budget the budget's identity: tenant, scope values, window, kind and zone, never its id in a document
 * @param window the beginning of the budget's window, µs since the epoch, UTC
 * @param rows the rows answered, at least 1
 * @param mark why the charge may exceed the limit ({@code release}, {@code break-glass}); null for an ordinary one
 */
public record Charge(
        String budget, long window, long rows, @Nullable String mark) {
    /** @throws IllegalArgumentException if the rows are below 1 */
    public Charge {
        if (rows < 1) {
            throw new IllegalArgumentException("a charge is of at least one row");
        }
    }

    /** Returns an ordinary charge. */
    public static Charge of(String budget, long window, long rows) {
        return new Charge(budget, window, rows, null);
    }
}
