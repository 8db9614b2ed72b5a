package dev.sallyport.policy.lattice;

/**
 * An upper limit. The meet is the minimum.
 *
 * @param limit the limit, at least 0; {@link Long#MAX_VALUE} for none
 */
public record AtMost(long limit) implements Meet<AtMost> {
    /** No limit: the top. */
    public static final AtMost UNLIMITED = new AtMost(Long.MAX_VALUE);

    /** @throws IllegalArgumentException if the limit is negative */
    public AtMost {
        if (limit < 0) {
            throw new IllegalArgumentException("a limit is at least 0");
        }
    }

    /**
     * Whether there is a limit at all.
     *
     * @return false for the top
     */
    public boolean isLimited() {
        return limit != Long.MAX_VALUE;
    }

    @Override
    public AtMost meet(AtMost other) {
        return limit <= other.limit ? this : other;
    }

    @Override
    public String toString() {
        return isLimited() ? Long.toString(limit) : "any";
    }
}
