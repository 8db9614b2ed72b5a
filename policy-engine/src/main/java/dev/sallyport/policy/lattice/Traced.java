package dev.sallyport.policy.lattice;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A value that remembers who said what of it. The meet combines the values and keeps all that was said; who said a thing
 * does not depend on the order of combining.
 *
 * @param <V> the value
 * @param <O> who says it, the first of the order first
 * @param value the meet of the top and all that was said
 * @param said what each one said
 */
public record Traced<V extends Meet<V>, O extends Comparable<O>>(V value, SortedMap<O, V> said)
        implements Meet<Traced<V, O>> {
    /** Keeps its own copy. */
    public Traced {
        said = Collections.unmodifiableSortedMap(new TreeMap<>(said));
    }

    /**
     * A value of which nobody has said anything.
     *
     * @param <V> the value
     * @param <O> who says it
     * @param top what absence means
     * @return the top
     */
    public static <V extends Meet<V>, O extends Comparable<O>> Traced<V, O> unsaid(V top) {
        return new Traced<V, O>(top, new TreeMap<>());
    }

    /**
     * A value that one says.
     *
     * @param <V> the value
     * @param <O> who says it
     * @param value what is said
     * @param who who says it
     * @return the value
     */
    public static <V extends Meet<V>, O extends Comparable<O>> Traced<V, O> of(V value, O who) {
        return new Traced<>(value, new TreeMap<>(Collections.singletonMap(who, value)));
    }

    /**
     * Who made the value what it is: the first who said it by himself.
     *
     * @return the origin; empty when nobody said it, or only several together did
     */
    public Optional<O> origin() {
        return said.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Who said something of a kind.
     *
     * @param what the kind
     * @return who, in their order
     */
    public List<O> who(Predicate<V> what) {
        return said.entrySet().stream()
                .filter(entry -> what.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public Traced<V, O> meet(Traced<V, O> other) {
        SortedMap<O, V> both = new TreeMap<>(said);
        other.said.forEach((who, what) -> both.merge(who, what, Meet::meet));
        return new Traced<>(value.meet(other.value), both);
    }
}
