package dev.sallyport.policy.detection;

import java.util.random.RandomGenerator;

/** Numbers for tests, drawn at random: nobody's. */
final class GeneratedNumbers {
    private GeneratedNumbers() {}

    /** Digits that begin with a prefix and end with the check digit of ISO/IEC 7812-1, found by trying. */
    static String card(RandomGenerator random, String prefix, int length) {
        StringBuilder digits = new StringBuilder(prefix);
        while (digits.length() < length - 1) {
            digits.append(random.nextInt(10));
        }
        int sum = 0;
        for (int i = digits.length() - 1, weight = 2; i >= 0; i--, weight = 3 - weight) {
            int product = weight * (digits.charAt(i) - '0');
            sum += product / 10 + product % 10;
        }
        return digits.append((10 - sum % 10) % 10).toString();
    }
}
