package dev.sallyport.api.oip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads RFC 8259 JSON from bytes, a token at a time and without objects for values: {@link #peek} shows the first byte
 * of the next token, and the caller asks for the kind of value that it wants. Strict: no comments, no trailing commas, no
 * {@code NaN}, no raw control characters, no unpaired surrogates. Errors name a byte offset, never content.
 */
final class JsonScanner {
    /** Arrays and objects within each other that {@link #skipValue} follows. */
    static final int MAX_DEPTH = 32;

    private static final int END = Integer.MIN_VALUE;

    private final byte[] bytes;
    private final int end;
    private final NumberScanner number;
    private int position;

    /** Reads {@code bytes[0..end)}. */
    JsonScanner(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
        this.number = new NumberScanner(bytes, end);
    }

    /** Bytes not yet read. */
    int remaining() {
        return end - position;
    }

    int position() {
        return position;
    }

    void seek(int newPosition) {
        position = newPosition;
    }

    /** Skips blanks; the next byte, not consumed; negative and no byte at the end. */
    int peek() {
        while (position < end) {
            byte b = bytes[position];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            position++;
        }
        return END;
    }

    /** Whether only blanks are left. */
    boolean ended() {
        return peek() == END;
    }

    /** Consumes the next byte if it is this one. */
    boolean take(char wanted) {
        if (peek() == wanted) {
            position++;
            return true;
        }
        return false;
    }

    void expect(char wanted) {
        if (!take(wanted)) {
            throw malformed("expected '" + wanted + "'");
        }
    }

    /** Begins the next member or element: false when the container closes, which is then consumed. */
    boolean next(boolean first, char close) {
        if (take(close)) {
            return false;
        }
        if (!first) {
            expect(',');
        }
        return true;
    }

    /** An object's member name with its colon. */
    String name() {
        String name = string();
        expect(':');
        return name;
    }

    /** {@code null} is consumed; anything else is not. */
    boolean takeNull() {
        if (peek() == 'n') {
            literal("null");
            return true;
        }
        return false;
    }

    boolean bool() {
        int b = peek();
        if (b == 't') {
            literal("true");
            return true;
        }
        if (b == 'f') {
            literal("false");
            return false;
        }
        throw malformed("expected true or false");
    }

    /** The next value's number, valid until the next call. */
    NumberScanner number() {
        peek();
        position = number.scan(position);
        return number;
    }

    String string() {
        return new String(stringBytes(), StandardCharsets.UTF_8);
    }

    /** A string's UTF-8 bytes, unescaped. */
    byte[] stringBytes() {
        expect('"');
        int start = position;
        int seen = 0;
        while (position < end) {
            byte b = bytes[position];
            if (b == '"') {
                byte[] content = Arrays.copyOfRange(bytes, start, position++);
                return seen < 0 ? checkUtf8(content) : content;
            }
            if (b == '\\') {
                return checkUtf8(unescape(start));
            }
            if (b >= 0 && b < ' ') {
                throw malformed("a control character in a string");
            }
            seen |= b;
            position++;
        }
        throw malformed("a string without its end");
    }

    private byte[] unescape(int start) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        out.write(bytes, start, position - start);
        while (position < end) {
            byte b = bytes[position++];
            if (b == '"') {
                return out.toByteArray();
            }
            if (b == '\\') {
                escape(out);
            } else if (b >= 0 && b < ' ') {
                throw malformed("a control character in a string");
            } else {
                out.write(b);
            }
        }
        throw malformed("a string without its end");
    }

    private void escape(ByteArrayOutputStream out) {
        int b = position < end ? bytes[position++] : END;
        switch (b) {
            case '"', '\\', '/' -> out.write(b);
            case 'b' -> out.write('\b');
            case 'f' -> out.write('\f');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case 'u' -> out.writeBytes(codePoint().getBytes(StandardCharsets.UTF_8));
            default -> throw malformed("an unknown escape in a string");
        }
    }

    private String codePoint() {
        char high = hex4();
        if (!Character.isSurrogate(high)) {
            return String.valueOf(high);
        }
        boolean follows = position + 1 < end && bytes[position] == '\\' && bytes[position + 1] == 'u';
        if (!Character.isHighSurrogate(high) || !follows) {
            throw malformed("an unpaired surrogate in a string");
        }
        position += 2;
        char low = hex4();
        if (!Character.isLowSurrogate(low)) {
            throw malformed("an unpaired surrogate in a string");
        }
        return new String(new char[] {high, low});
    }

    private char hex4() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = position < end ? Character.digit(bytes[position], 16) : -1;
            if (digit < 0) {
                throw malformed("an escape that is not four hex digits");
            }
            value = (value << 4) | digit;
            position++;
        }
        return (char) value;
    }

    private byte[] checkUtf8(byte[] content) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return content;
        } catch (CharacterCodingException e) {
            throw malformed("a string that is not UTF-8");
        }
    }

    /** Skips a value of any kind, checking its form. Not recursive, so that depth costs no stack. */
    void skipValue() {
        boolean[] object = new boolean[MAX_DEPTH];
        int depth = 0;
        do {
            int b = peek();
            if (b == '{' || b == '[') {
                if (depth == MAX_DEPTH) {
                    throw malformed("nested deeper than " + MAX_DEPTH);
                }
                position++;
                object[depth++] = b == '{';
                if (opens(object[depth - 1])) {
                    continue;
                }
                depth--;
            } else {
                skipScalar(b);
            }
            while (depth > 0 && !follows(object[depth - 1])) {
                depth--;
            }
        } while (depth > 0);
    }

    /** Whether a container that was just opened has a first value. */
    private boolean opens(boolean object) {
        if (take(object ? '}' : ']')) {
            return false;
        }
        if (object) {
            skipName();
        }
        return true;
    }

    /** Whether another value follows in a container; consumes its end otherwise. */
    private boolean follows(boolean object) {
        if (!next(false, object ? '}' : ']')) {
            return false;
        }
        if (object) {
            skipName();
        }
        return true;
    }

    private void skipName() {
        stringBytes();
        expect(':');
    }

    private void skipScalar(int first) {
        switch (first) {
            case '"' -> stringBytes();
            case 't', 'f' -> bool();
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void literal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (position == end || bytes[position] != text.charAt(i)) {
                throw malformed("expected " + text);
            }
            position++;
        }
    }

    MalformedRequest malformed(String what) {
        return malformed(what, position, end);
    }

    static MalformedRequest malformed(String what, int position, int end) {
        String place = position >= end ? "at the end" : "at byte " + position;
        return new MalformedRequest(ErrorCode.BODY_MALFORMED, "the body is not valid JSON " + place + ": " + what);
    }
}
