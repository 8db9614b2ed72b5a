package dev.sallyport.format;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A ULID: 48 bits of milliseconds since the epoch and 80 random bits, which sort as their 26 characters of
 * Crockford's base 32 do.
 *
 * @param high the millisecond and the first 16 random bits
 * @param low the other 64 random bits
 */
public record Ulid(long high, long low) implements Comparable<Ulid> {
    /** The number of characters of a ULID. */
    public static final int LENGTH = 26;

    private static final byte[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = values();

    /**
     * Reads the 26 characters, upper case.
     *
     * @throws FormatException if they are not a ULID
     */
    public static Ulid parse(String text) {
        if (!isUlid(text)) {
            throw new FormatException("a record id is a ULID: 26 characters of Crockford's base 32, upper case");
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < LENGTH; i++) {
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | VALUES[text.charAt(i)];
        }
        return new Ulid(high, low);
    }

    /** Tells whether the text is a ULID in upper case. */
    public static boolean isUlid(String text) {
        if (text.length() != LENGTH || text.charAt(0) > '7') {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            if (c >= VALUES.length || VALUES[c] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns when it was minted, to the millisecond. */
    public Instant instant() {
        return Instant.ofEpochMilli(high >>> 16);
    }

    @Override
    public int compareTo(Ulid other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Returns the 26 characters. */
    @Override
    public String toString() {
        var text = new byte[LENGTH];
        long restHigh = high;
        long restLow = low;
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET[(int) (restLow & 31)];
            restLow = (restLow >>> 5) | (restHigh << 59);
            restHigh >>>= 5;
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static byte[] values() {
        var values = new byte['Z' + 1];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            values[ALPHABET[i]] = (byte) i;
        }
        return values;
    }

    /**
     * Mints ULIDs, each greater than the one before, also within a millisecond and when the clock steps back.
     * Thread-safe.
     */
    public static final class Factory {
        private final InstantSource clock;
        private final RandomGenerator random;
        private Ulid last = new Ulid(0, 0);

        /**
         * Makes a factory.
         *
         * @param clock gives the millisecond
         * @param random gives the random bits; used under this factory's lock
         */
        public Factory(InstantSource clock, RandomGenerator random) {
            this.clock = clock;
            this.random = random;
        }

        /** Returns the next ULID. */
        public synchronized Ulid next() {
            long millis = clock.millis();
            last = millis > last.high >>> 16 ? fresh(millis) : after(last);
            return last;
        }

        /** The first random bit stays 0, so that the millisecond has room for 2^79 more. */
        private Ulid fresh(long millis) {
            return new Ulid((millis << 16) | (random.nextLong() & 0x7FFF), random.nextLong());
        }

        /** A step at random, so that nobody can tell from two ids how many lie between them. */
        private Ulid after(Ulid before) {
            long low = before.low + 1 + (random.nextLong() >>> 24);
            return new Ulid(Long.compareUnsigned(low, before.low) < 0 ? before.high + 1 : before.high, low);
        }
    }
}
