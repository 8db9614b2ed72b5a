package dev.sallyport.reports;

import java.util.List;

/**
 * A table of what stood in decisions.
 *
 * @param rows a row each, in the order of their keys
 * @param others the events of further keys that were not told apart: the table keeps the first
 *     {@value UsageTally#MOST_KEYS} it meets
 * @param <K> what kind of thing
 */
public record Usages<K>(List<Usage<K>> rows, long others) {
    /** Copies the rows. */
    public Usages {
        rows = List.copyOf(rows);
    }
}
