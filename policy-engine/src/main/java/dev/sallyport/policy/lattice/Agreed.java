package dev.sallyport.policy.lattice;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Something that everyone who speaks of it must say alike. The meet holds all that was said; more than one is a conflict,
 * which is below everything.
 *
 * @param said what was said; empty for nothing, which is the top
 */
public record Agreed(SortedSet<String> said) implements Meet<Agreed> {
    /** Nothing said: the top. */
    public static final Agreed UNSAID = new Agreed(Collections.emptySortedSet());

    /** Keeps its own copy. */
    public Agreed {
        said = Collections.unmodifiableSortedSet(new TreeSet<>(said));
    }

    /**
     * One thing said, or nothing.
     *
     * @param value what is said; null for nothing
     * @return the value
     */
    public static Agreed of(@Nullable String value) {
        return value == null ? UNSAID : new Agreed(new TreeSet<>(List.of(value)));
    }

    /**
     * Whether different things were said.
     *
     * @return true for a conflict
     */
    public boolean conflicting() {
        return said.size() > 1;
    }

    /**
     * What was said.
     *
     * @return the one thing; null when nothing was, or different things
     */
    public @Nullable String value() {
        return said.size() == 1 ? said.first() : null;
    }

    @Override
    public Agreed meet(Agreed other) {
        SortedSet<String> both = new TreeSet<>(said);
        both.addAll(other.said);
        return new Agreed(both);
    }

    @Override
    public String toString() {
        return String.join(" and ", said);
    }
}
