package dev.sallyport.reports;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A count with its numbers.
 *
 * @param count what was counted
 * @param total the events
 * @param groups the events by value, in alphabetical order; an event with several values stands under each, one
 *     with none under the empty text; empty when the count tells nothing apart
 * @param others the events of further values that were not told apart
 */
public record CountResult(Count count, long total, SortedMap<String, Long> groups, long others) {
    /** Copies the groups. */
    public CountResult {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }
}
