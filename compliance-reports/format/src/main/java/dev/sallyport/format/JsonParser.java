package dev.sallyport.format;

import dev.sallyport.format.JsonValue.JArray;
import dev.sallyport.format.JsonValue.JBool;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.TreeMap;

/** Reads the JSON subset of {@link CanonicalJson}: strict, of bounded depth, one use. */
final class JsonParser {
    private static final int MAX_DEPTH = 64;

    private final String text;
    private int at;
    private int depth;

    JsonParser(byte[] utf8) {
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FormatException("the JSON is not valid UTF-8");
        }
    }

    JsonValue parse() {
        JsonValue value = value();
        skipSpace();
        if (at != text.length()) {
            throw fault("nothing more");
        }
        return value;
    }

    private JsonValue value() {
        skipSpace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new JString(string());
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            default -> integer();
        };
    }

    private JObject object() {
        enter();
        var members = new TreeMap<String, JsonValue>();
        if (!closes('}')) {
            do {
                skipSpace();
                String name = string();
                expect(':');
                if (members.putIfAbsent(name, value()) != null) {
                    throw fault("a name only once in an object");
                }
            } while (continues('}'));
        }
        depth--;
        return new JObject(members);
    }

    private JArray array() {
        enter();
        var elements = new ArrayList<JsonValue>();
        if (!closes(']')) {
            do {
                elements.add(value());
            } while (continues(']'));
        }
        depth--;
        return new JArray(elements);
    }

    private void enter() {
        at++;
        if (++depth > MAX_DEPTH) {
            throw fault("at most " + MAX_DEPTH + " levels");
        }
    }

    private boolean closes(char end) {
        skipSpace();
        if (peek() == end) {
            at++;
            return true;
        }
        return false;
    }

    private boolean continues(char end) {
        skipSpace();
        char c = peek();
        at++;
        if (c != ',' && c != end) {
            at--;
            throw fault("a comma or the end");
        }
        return c == ',';
    }

    private JBool literal(String word, boolean value) {
        if (!text.startsWith(word, at)) {
            throw fault("a value without null");
        }
        at += word.length();
        return new JBool(value);
    }

    private JInt integer() {
        int from = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        int count = at - digits;
        boolean zero = count > 0 && text.charAt(digits) == '0';
        if (count == 0 || count > 16 || (zero && (count > 1 || digits > from))) {
            at = from;
            throw fault("an integer, a string, true, false, an array or an object");
        }
        if (at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0) {
            throw fault("an integer: fractions and exponents are not part of the form");
        }
        long value = Long.parseLong(text, from, at, 10);
        if (Math.abs(value) > JsonValue.MAX_INTEGER) {
            throw fault("an integer of at most 2^53 - 1");
        }
        return new JInt(value);
    }

    private String string() {
        expectHere('"');
        int from = at;
        while (peek() >= ' ' && peek() != '"' && peek() != '\\') {
            at++;
        }
        if (peek() == '"') {
            return text.substring(from, at++);
        }
        var read = new StringBuilder(text.substring(from, at));
        while (peek() != '"') {
            char c = peek();
            if (c < ' ') {
                throw fault("an escape in place of a control character");
            }
            at++;
            read.append(c == '\\' ? escape() : c);
        }
        at++;
        return paired(read.toString());
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw fault("a known escape");
        };
    }

    private char unicode() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() >= 0x80) {
                throw fault("four hexadecimal digits");
            }
            value = (value << 4) | digit;
            at++;
        }
        return (char) value;
    }

    private String paired(String read) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(read)) {
            throw fault("surrogates in pairs");
        }
        return read;
    }

    private void expect(char c) {
        skipSpace();
        expectHere(c);
    }

    private void expectHere(char c) {
        if (peek() != c) {
            throw fault("'" + c + "'");
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw fault("more: it ends too early");
        }
        return text.charAt(at);
    }

    private FormatException fault(String expected) {
        return new FormatException("JSON, character " + at + ": expected " + expected);
    }
}
