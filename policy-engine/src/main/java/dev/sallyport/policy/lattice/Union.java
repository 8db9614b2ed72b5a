package dev.sallyport.policy.lattice;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Things that are asked for, each with who asks. The meet asks for all of them; the top is empty.
 *
 * @param <E> what is asked for
 * @param <O> who asks
 * @param asked who asks, by what is asked for
 */
public record Union<E extends Comparable<E>, O extends Comparable<O>>(SortedMap<E, SortedSet<O>> asked)
        implements Meet<Union<E, O>> {
    /** Keeps its own copy. */
    public Union {
        SortedMap<E, SortedSet<O>> copy = new TreeMap<>();
        asked.forEach((element, who) -> copy.put(element, Collections.unmodifiableSortedSet(new TreeSet<>(who))));
        asked = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * Nothing asked for: the top.
     *
     * @param <E> what is asked for
     * @param <O> who asks
     * @return the empty union
     */
    public static <E extends Comparable<E>, O extends Comparable<O>> Union<E, O> none() {
        return new Union<E, O>(new TreeMap<>());
    }

    /**
     * What is asked for.
     *
     * @return the things, sorted
     */
    public Collection<E> elements() {
        return asked.keySet();
    }

    @Override
    public Union<E, O> meet(Union<E, O> other) {
        SortedMap<E, SortedSet<O>> both = new TreeMap<>(asked);
        other.asked.forEach((element, who) -> both.merge(element, who, (mine, theirs) -> {
            SortedSet<O> all = new TreeSet<>(mine);
            all.addAll(theirs);
            return all;
        }));
        return new Union<>(both);
    }
}
