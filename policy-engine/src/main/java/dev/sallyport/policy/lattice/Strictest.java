package dev.sallyport.policy.lattice;

/**
 * One of an enumeration whose constants stand from the least strict to the strictest. The meet is the later one; the top
 * is the first.
 *
 * @param <E> the enumeration
 * @param value the constant
 */
public record Strictest<E extends Enum<E>>(E value) implements Meet<Strictest<E>> {
    @Override
    public Strictest<E> meet(Strictest<E> other) {
        return value.compareTo(other.value) >= 0 ? this : other;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
