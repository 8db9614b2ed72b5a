package dev.sallyport.policy.detection;

import java.util.List;

/**
 * What makes digits a payment card number (ISO/IEC 7812-1): an issuer's prefix with a length that goes with it,
 * and the check digit of its annex B (Luhn). The ranges are those that the networks publish; test numbers of the
 * networks are within them. Lengths below 13 and airline cards (prefix 1) are left out: they would be mistaken
 * for time stamps and part numbers.
 */
final class CardNumbers {
    static final int SHORTEST = 13;
    static final int LONGEST = 19;

    /** Numbers that begin with {@code low} to {@code high}, which have as many digits, and are this long. */
    private record Range(int low, int high, int digits, int shortest, int longest) {
        int lengths(int prefixOfFour) {
            int prefix = prefixOfFour;
            for (int i = digits; i < PREFIX; i++) {
                prefix /= 10;
            }
            return prefix >= low && prefix <= high ? (2 << longest) - (1 << shortest) : 0;
        }
    }

    private static final List<Range> ISSUERS = List.of(
            new Range(4, 4, 1, 13, 13), // Visa, old
            new Range(4, 4, 1, 16, 16), // Visa
            new Range(4, 4, 1, 19, 19), // Visa
            new Range(51, 55, 2, 16, 16), // Mastercard
            new Range(2221, 2720, 4, 16, 16), // Mastercard
            new Range(34, 34, 2, 15, 15), // American Express
            new Range(37, 37, 2, 15, 15), // American Express
            new Range(300, 305, 3, 14, 19), // Diners Club
            new Range(3095, 3095, 4, 14, 19), // Diners Club
            new Range(36, 36, 2, 14, 19), // Diners Club
            new Range(38, 39, 2, 14, 19), // Diners Club
            new Range(6011, 6011, 4, 16, 19), // Discover
            new Range(644, 659, 3, 16, 19), // Discover
            new Range(3528, 3589, 4, 16, 19), // JCB
            new Range(62, 62, 2, 16, 19), // UnionPay
            new Range(81, 82, 2, 16, 19), // UnionPay, RuPay
            new Range(508, 508, 3, 16, 16), // RuPay
            new Range(60, 60, 2, 16, 19), // RuPay, Maestro
            new Range(50, 50, 2, 16, 19), // Maestro, Verve
            new Range(56, 58, 2, 16, 19), // Maestro
            new Range(63, 63, 2, 16, 19), // Maestro
            new Range(67, 67, 2, 16, 19), // Maestro
            new Range(2200, 2204, 4, 16, 19), // Mir
            new Range(9792, 9792, 4, 16, 16)); // Troy

    /** How many of the first digits tell the issuer. */
    static final int PREFIX = 4;

    /** For every prefix the lengths that go with it, a bit for each. */
    private static final int[] LENGTHS = new int[10_000];

    static {
        for (int prefix = 0; prefix < LENGTHS.length; prefix++) {
            for (Range range : ISSUERS) {
                LENGTHS[prefix] |= range.lengths(prefix);
            }
        }
    }

    private CardNumbers() {}

    /** The lengths of cards that begin with a prefix of so many digits, a bit for each; 0 until it has four. */
    static int lengths(int prefix, int digits) {
        return digits == PREFIX ? LENGTHS[prefix] : 0;
    }

    /** What a digit counts for where it counts twice (annex B). */
    static int doubled(int digit) {
        return digit > 4 ? 2 * digit - 9 : 2 * digit;
    }
}
