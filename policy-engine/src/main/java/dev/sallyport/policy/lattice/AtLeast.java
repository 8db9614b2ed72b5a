package dev.sallyport.policy.lattice;

/**
 * A lower limit. The meet is the maximum.
 *
 * @param floor the limit, at least 0; 0 for none
 */
public record AtLeast(long floor) implements Meet<AtLeast> {
    /** No limit: the top. */
    public static final AtLeast NOTHING = new AtLeast(0);

    /** @throws IllegalArgumentException if the limit is negative */
    public AtLeast {
        if (floor < 0) {
            throw new IllegalArgumentException("a limit is at least 0");
        }
    }

    @Override
    public AtLeast meet(AtLeast other) {
        return floor >= other.floor ? this : other;
    }
}
