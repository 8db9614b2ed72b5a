package dev.sallyport.policy.lattice;

/**
 * A value of a lattice, where lower means stricter.
 *
 * @param <T> the type itself
 */
public interface Meet<T extends Meet<T>> {
    /**
     * The greatest value that is as strict as both: commutative, associative and idempotent.
     *
     * @param other another value
     * @return their meet
     */
    T meet(T other);
}
