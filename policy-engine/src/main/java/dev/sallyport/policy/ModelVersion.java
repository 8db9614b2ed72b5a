package dev.sallyport.policy;

import java.util.regex.Pattern;

/**
 * A model's version: one to three numbers. Versions are ordered by number ({@code 10} after {@code 9}), absent numbers
 * count as 0, and of two that are then equal ({@code 1} and {@code 1.0}) the shorter one comes first, so that the order
 * agrees with {@code equals}.
 *
 * @param value {@code N[.N[.N]]}, each N of one to nine digits without a leading zero
 */
public record ModelVersion(String value) implements Comparable<ModelVersion> {
    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,8})(\\.(0|[1-9][0-9]{0,8})){0,2}");

    /** @throws IllegalArgumentException if the value has not the form above */
    public ModelVersion {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a model version is N, N.N or N.N.N");
        }
    }

    @Override
    public int compareTo(ModelVersion other) {
        int byNumber = compareNumbers(other);
        return byNumber != 0 ? byNumber : Integer.compare(value.length(), other.value.length());
    }

    /**
     * Compares by number alone: {@code 1} and {@code 1.0} are the same.
     *
     * @param other the version to compare with
     * @return negative, zero or positive, as {@link Comparable#compareTo} does
     */
    public int compareNumbers(ModelVersion other) {
        String[] mine = value.split("\\.", -1);
        String[] theirs = other.value.split("\\.", -1);
        for (int i = 0; i < 3; i++) {
            int byNumber = Integer.compare(number(mine, i), number(theirs, i));
            if (byNumber != 0) {
                return byNumber;
            }
        }
        return 0;
    }

    private static int number(String[] numbers, int index) {
        return index < numbers.length ? Integer.parseInt(numbers[index]) : 0;
    }

    @Override
    public String toString() {
        return value;
    }
}
