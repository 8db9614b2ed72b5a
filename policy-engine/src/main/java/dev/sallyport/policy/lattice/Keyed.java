package dev.sallyport.policy.lattice;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values by key, each key for itself. The meet has the keys of both, and for a key of both the meet of its values; the
 * top is empty.
 *
 * @param <K> the keys
 * @param <V> the values
 * @param values the values by key
 */
public record Keyed<K extends Comparable<K>, V extends Meet<V>>(SortedMap<K, V> values) implements Meet<Keyed<K, V>> {
    /** Keeps its own copy. */
    public Keyed {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /**
     * Nothing: the top.
     *
     * @param <K> the keys
     * @param <V> the values
     * @return no key
     */
    public static <K extends Comparable<K>, V extends Meet<V>> Keyed<K, V> none() {
        return new Keyed<K, V>(new TreeMap<>());
    }

    @Override
    public Keyed<K, V> meet(Keyed<K, V> other) {
        SortedMap<K, V> both = new TreeMap<>(values);
        other.values.forEach((key, value) -> both.merge(key, value, Meet::meet));
        return new Keyed<>(both);
    }
}
