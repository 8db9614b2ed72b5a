package dev.sallyport.api.oip;

import java.nio.charset.StandardCharsets;

/**
 * One JSON number, read from bytes without an object: sign, up to 19 significant digits and a decimal exponent.
 *
 * <p>Conversion is exact. A mantissa below 2⁵³ and a power of ten up to 10²² are both doubles, so their product or
 * quotient is rounded once (Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990). For a float, that
 * double, or one made from a longer mantissa with at most three roundings, decides unless it lies within a few units in
 * the last place of the middle between two floats. Everything else goes to the JDK.
 */
final class NumberScanner {
    /** Characters of the longest number accepted. */
    static final int MAX_LENGTH = 1024;

    private static final int MAX_DIGITS = 19;
    private static final int EXPONENT_LIMIT = 100_000;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    /** The bits of a double's mantissa that a float has no room for, and their middle. */
    private static final long REST = (1L << 29) - 1;

    private static final long MIDDLE = 1L << 28;
    private static final long MARGIN = 8;

    private final byte[] bytes;
    private final int end;
    private int start;
    private int stop;
    private boolean negative;
    private boolean integral;
    private long mantissa;
    private int digits;
    private int exponent;

    NumberScanner(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /**
     * Reads the number that begins at a position.
     *
     * @return the position after it
     */
    int scan(int from) {
        start = from;
        int at = from;
        negative = at < end && bytes[at] == '-';
        if (negative) {
            at++;
        }
        mantissa = 0;
        digits = 0;
        exponent = 0;
        int first = at;
        at = digits(at);
        if (at == first) {
            throw JsonScanner.malformed("expected a value", start, end);
        }
        if (bytes[first] == '0' && at > first + 1) {
            throw JsonScanner.malformed("a number with a leading zero", start, end);
        }
        integral = true;
        if (at < end && bytes[at] == '.') {
            at = fraction(at + 1);
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            at = exponent(at + 1);
        }
        stop = at;
        if (stop - start > MAX_LENGTH) {
            throw JsonScanner.malformed("a number longer than " + MAX_LENGTH + " characters", start, end);
        }
        return at;
    }

    private int digits(int from) {
        int at = from;
        while (at < end) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (digits < MAX_DIGITS) {
                mantissa = mantissa * 10 + digit;
            }
            if (mantissa != 0) {
                digits++;
            }
            at++;
        }
        return at;
    }

    private int fraction(int from) {
        integral = false;
        int at = digits(from);
        if (at == from) {
            throw JsonScanner.malformed("a number without digits after its point", start, end);
        }
        exponent = from - at;
        return at;
    }

    private int exponent(int from) {
        integral = false;
        int at = from;
        boolean minus = at < end && bytes[at] == '-';
        if (minus || (at < end && bytes[at] == '+')) {
            at++;
        }
        int first = at;
        int value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            value = Math.min(value * 10 + bytes[at] - '0', EXPONENT_LIMIT);
            at++;
        }
        if (at == first) {
            throw JsonScanner.malformed("a number without digits in its exponent", start, end);
        }
        exponent += minus ? -value : value;
        return at;
    }

    /** Whether it was written without fraction and exponent. */
    boolean integral() {
        return integral;
    }

    boolean negative() {
        return negative;
    }

    /** Whether {@link #magnitude} holds all digits. */
    boolean fits() {
        return digits <= MAX_DIGITS;
    }

    /** The digits as an unsigned number; of an integral number that {@link #fits}, at most 10¹⁹ − 1. */
    long magnitude() {
        return mantissa;
    }

    /** The digits as written, of an integral number too long for {@link #magnitude}; without the sign. */
    String text() {
        return new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1);
    }

    /** The nearest double, possibly infinite. */
    double asDouble() {
        if (mantissa == 0) {
            return negative ? -0.0 : 0.0;
        }
        if (digits <= MAX_DIGITS && mantissa >>> 53 == 0 && Math.abs(exponent) < POWERS.length) {
            return approximate();
        }
        return Double.parseDouble(text());
    }

    /** The nearest float, possibly infinite. */
    float asFloat() {
        if (mantissa == 0) {
            return negative ? -0.0f : 0.0f;
        }
        if (digits < MAX_DIGITS && Math.abs(exponent) < POWERS.length) {
            double near = approximate();
            long rest = Double.doubleToRawLongBits(near) & REST;
            if (Math.abs(rest - MIDDLE) > MARGIN && Math.abs(near) >= Float.MIN_NORMAL) {
                return (float) near;
            }
        }
        return Float.parseFloat(text());
    }

    private double approximate() {
        double magnitude = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
        return negative ? -magnitude : magnitude;
    }
}
