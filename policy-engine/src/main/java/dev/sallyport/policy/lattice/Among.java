package dev.sallyport.policy.lattice;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is allowed: anything, or one of some. The meet is the intersection.
 *
 * @param <E> what is allowed
 * @param members what is allowed, and nothing else; null for anything
 */
public record Among<E extends Comparable<E>>(@Nullable SortedSet<E> members) implements Meet<Among<E>> {
    /** Keeps its own copy. */
    public Among {
        members = members == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(members));
    }

    /**
     * Anything: the top.
     *
     * @param <E> what is allowed
     * @return {@code any}
     */
    public static <E extends Comparable<E>> Among<E> any() {
        return new Among<>((SortedSet<E>) null);
    }

    /**
     * Some, and nothing else.
     *
     * @param <E> what is allowed
     * @param members what is allowed
     * @return the set
     */
    public static <E extends Comparable<E>> Among<E> of(Collection<E> members) {
        return new Among<>(new TreeSet<>(members));
    }

    /**
     * Whether something is allowed.
     *
     * @param member it
     * @return true when it is
     */
    public boolean allows(E member) {
        return members == null || members.contains(member);
    }

    /**
     * Whether nobody has said what is allowed.
     *
     * @return true for the top
     */
    public boolean isAny() {
        return members == null;
    }

    @Override
    public Among<E> meet(Among<E> other) {
        if (members == null) {
            return other;
        }
        if (other.members == null) {
            return this;
        }
        SortedSet<E> both = new TreeSet<>(members);
        both.retainAll(other.members);
        return new Among<>(both);
    }

    @Override
    public String toString() {
        return members == null ? "any" : members.toString();
    }
}
