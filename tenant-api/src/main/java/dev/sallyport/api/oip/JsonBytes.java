package dev.sallyport.api.oip;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON as it is written: bytes in an array that grows. Numbers and strings go in without objects of their own. */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int[] SCALES = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};
    /** Above this a scaled float might need more digits than its shortest form. */
    private static final double EXACT_LIMIT = 1e9;

    private byte[] bytes;
    private int length;

    JsonBytes(int capacity) {
        bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    Buffer toBuffer() {
        return Buffer.buffer(length).appendBytes(bytes, 0, length);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }

    /** Writes ASCII as it is: punctuation, literals and names that need no escape. */
    @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) is exact for ASCII and copies nothing else
    JsonBytes raw(String ascii) {
        room(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
        return this;
    }

    JsonBytes raw(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    JsonBytes string(String text) {
        return string(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a string from UTF-8 bytes; the caller has made sure that they are. */
    JsonBytes string(byte[] utf8) {
        room(utf8.length * 6 + 2);
        bytes[length++] = '"';
        for (byte b : utf8) {
            if (b >= 0 && b < ' ') {
                control(b);
            } else {
                if (b == '"' || b == '\\') {
                    bytes[length++] = '\\';
                }
                bytes[length++] = b;
            }
        }
        bytes[length++] = '"';
        return this;
    }

    private void control(byte b) {
        raw("\\u00");
        bytes[length++] = HEX[b >> 4];
        bytes[length++] = HEX[b & 15];
    }

    JsonBytes number(long value) {
        if (value == Long.MIN_VALUE) {
            return raw("-9223372036854775808");
        }
        if (value < 0) {
            raw('-');
        }
        digits(Math.abs(value), 1);
        return this;
    }

    JsonBytes unsigned(long value) {
        return value < 0 ? raw(Long.toUnsignedString(value)) : number(value);
    }

    /**
     * Writes the shortest decimal that is read back as this float, or one as long with up to six decimals.
     *
     * <p>A decimal of at most six places whose digits stay below 10⁹ cannot lie so close to the middle between two
     * floats that reading it as a double first would choose the wrong one: their distance, where it is not 0, is at
     * least 2⁻⁴⁵ of the value.
     *
     * @throws IllegalStateException if it is not finite
     */
    JsonBytes number(float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalStateException("an output that is not a finite number");
        }
        double magnitude = Math.abs((double) value);
        for (int places = 0; places < SCALES.length; places++) {
            double scaled = Math.rint(magnitude * SCALES[places]);
            if (scaled >= EXACT_LIMIT) {
                break;
            }
            if ((float) (scaled / SCALES[places]) == (float) magnitude) {
                if (Float.floatToRawIntBits(value) < 0) {
                    raw('-');
                }
                decimal((long) scaled, places);
                return this;
            }
        }
        return raw(Float.toString(value));
    }

    /**
     * Writes the shortest decimal that is read back as this double.
     *
     * @throws IllegalStateException if it is not finite
     */
    JsonBytes number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalStateException("an output that is not a finite number");
        }
        return raw(Double.toString(value));
    }

    private void decimal(long scaled, int places) {
        if (places == 0) {
            digits(scaled, 1);
            return;
        }
        digits(scaled / SCALES[places], 1);
        raw('.');
        digits(scaled % SCALES[places], places);
    }

    /** Writes a number that is not negative, with leading zeros up to a width. */
    private void digits(long value, int width) {
        int count = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            count++;
        }
        count = Math.max(count, width);
        room(count);
        long rest = value;
        for (int at = length + count - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }
}
