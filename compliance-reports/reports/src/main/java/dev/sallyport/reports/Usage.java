package dev.sallyport.reports;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often something stood in decisions.
 *
 * @param key what it is
 * @param effects the events by what was decided, in alphabetical order
 * @param first when it was first seen in the period
 * @param last when it was last seen
 * @param <K> what kind of thing
 */
public record Usage<K>(K key, SortedMap<String, Long> effects, Instant first, Instant last) {
    /** Copies the counts. */
    public Usage {
        effects = Collections.unmodifiableSortedMap(new TreeMap<>(effects));
    }

    /** All events together. */
    public long total() {
        return effects.values().stream().mapToLong(Long::longValue).sum();
    }
}
