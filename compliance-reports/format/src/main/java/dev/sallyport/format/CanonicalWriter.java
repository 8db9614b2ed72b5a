package dev.sallyport.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes canonical JSON straight to bytes. The caller names the members of each object in canonical order; nothing
 * is sorted or checked here but text and numbers, because this stands on the path of every answer. Not thread-safe.
 */
final class CanonicalWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** For each ASCII character: 0 when it stands for itself, else the letter of its escape; {@code u} for \\u00xx. */
    private static final byte[] ESCAPES = escapes();

    private byte[] bytes;
    private int length;

    CanonicalWriter(int expected) {
        bytes = new byte[expected];
    }

    /** Returns the bytes of a member's name with its colon, for {@link #name(byte[])}. */
    static byte[] nameBytes(String name) {
        var writer = new CanonicalWriter(name.length() + 3);
        writer.string(name);
        writer.append((byte) ':');
        return writer.toBytes();
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void beginObject() {
        append((byte) '{');
    }

    void endObject() {
        append((byte) '}');
    }

    void beginArray() {
        append((byte) '[');
    }

    void endArray() {
        append((byte) ']');
    }

    /** Begins a member whose encoded name is given. */
    void name(byte[] encoded) {
        room(encoded.length + 1);
        separate();
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    /** Begins a member. */
    void name(String name) {
        room(1);
        separate();
        string(name);
        append((byte) ':');
    }

    /** Begins an element of an array. */
    void element() {
        room(1);
        separate();
    }

    /** Writes a comma unless this is the first member or element: what stands before it tells. */
    private void separate() {
        byte last = bytes[length - 1];
        if (last != '{' && last != '[') {
            bytes[length++] = ',';
        }
    }

    void bool(boolean value) {
        for (byte b : (value ? "true" : "false").getBytes(StandardCharsets.US_ASCII)) {
            append(b);
        }
    }

    void integer(long value) {
        if (value > JsonValue.MAX_INTEGER || value < -JsonValue.MAX_INTEGER) {
            throw new IllegalArgumentException("an integer in canonical JSON is at most 2^53 - 1: " + value);
        }
        room(17);
        long rest = Math.abs(value);
        int digits = 1;
        for (long power = 10; rest >= power; power *= 10) {
            digits++;
        }
        if (value < 0) {
            bytes[length++] = '-';
        }
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    /** @throws IllegalArgumentException if the text has an unpaired surrogate */
    void string(String text) {
        int end = text.length();
        room(end + 2);
        byte[] target = bytes;
        int at = length;
        target[at++] = '"';
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || ESCAPES[c] != 0) {
                length = at;
                unusual(text, i);
                return;
            }
            target[at++] = (byte) c;
        }
        target[at++] = '"';
        length = at;
    }

    private void unusual(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            room(6);
            if (c < 0x80) {
                ascii(c);
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xC0 | (c >> 6));
                bytes[length++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                bytes[length++] = (byte) (0xE0 | (c >> 12));
                bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[length++] = (byte) (0x80 | (c & 0x3F));
            } else {
                supplementary(text, i++);
            }
        }
        append((byte) '"');
    }

    private void ascii(char c) {
        byte escape = ESCAPES[c];
        if (escape == 0) {
            bytes[length++] = (byte) c;
            return;
        }
        bytes[length++] = '\\';
        bytes[length++] = escape;
        if (escape == 'u') {
            bytes[length++] = '0';
            bytes[length++] = '0';
            bytes[length++] = HEX[c >> 4];
            bytes[length++] = HEX[c & 0xF];
        }
    }

    private void supplementary(String text, int i) {
        if (!Character.isHighSurrogate(text.charAt(i))
                || i + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(i + 1))) {
            throw new IllegalArgumentException("a text in canonical JSON has no unpaired surrogate");
        }
        int point = text.codePointAt(i);
        bytes[length++] = (byte) (0xF0 | (point >> 18));
        bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (point & 0x3F));
    }

    private void append(byte b) {
        room(1);
        bytes[length++] = b;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    private static byte[] escapes() {
        var table = new byte[0x80];
        Arrays.fill(table, 0, 0x20, (byte) 'u');
        table['\b'] = 'b';
        table['\t'] = 't';
        table['\n'] = 'n';
        table['\f'] = 'f';
        table['\r'] = 'r';
        table['"'] = '"';
        table['\\'] = '\\';
        return table;
    }
}
