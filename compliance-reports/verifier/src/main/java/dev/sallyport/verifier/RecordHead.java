package dev.sallyport.verifier;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.Ulid;
import java.nio.charset.StandardCharsets;

/**
 * What a verifier needs of a record: whose it is, its id and its time. The log binds the bytes, so this goes along them
 * once, member by member, without making a tree of values.
 *
 * @param tenant whose record it is
 * @param id its id, a ULID
 * @param at when it happened, µs since the epoch
 */
record RecordHead(String tenant, String id, long at) {
    private static final long MOST = (1L << 53) - 1;

    /**
     * Reads the head.
     *
     * @throws FormatException if the bytes are no object whose members ascend by name, or it is no record of version 1
     */
    static RecordHead read(byte[] bytes) {
        return new Scan(bytes).head();
    }

    /** One pass over the bytes. */
    private static final class Scan {
        private final byte[] bytes;
        private int at;

        Scan(byte[] bytes) {
            this.bytes = bytes;
        }

        RecordHead head() {
            String tenant = "";
            String id = "";
            String before = "";
            long time = -1;
            long version = -1;
            expect('{');
            do {
                String name = text();
                if (name.compareTo(before) <= 0) {
                    throw malformed("its members do not ascend by name");
                }
                before = name;
                expect(':');
                switch (name) {
                    case "tenant" -> tenant = text();
                    case "id" -> id = text();
                    case "at" -> time = number();
                    case "v" -> version = number();
                    default -> skip();
                }
            } while (next() == ',');
            if (at != bytes.length || bytes[at - 1] != '}') {
                throw malformed("it is no JSON object");
            }
            if (version != 1 || time < 0 || tenant.isEmpty() || !Ulid.isUlid(id)) {
                throw malformed("it has not the id, tenant and time of a record of version 1");
            }
            return new RecordHead(tenant, id, time);
        }

        private byte next() {
            if (at >= bytes.length) {
                throw malformed("it ends too early");
            }
            return bytes[at++];
        }

        private void expect(char c) {
            if (next() != c) {
                throw malformed("it is no canonical JSON");
            }
        }

        /** A text without escapes: names, ids and tenants have none. */
        private String text() {
            expect('"');
            int from = at;
            for (byte b = next(); b != '"'; b = next()) {
                if (b == '\\' || b < ' ') {
                    throw malformed("a name, an id or a tenant has a character that none has");
                }
            }
            return new String(bytes, from, at - 1 - from, StandardCharsets.US_ASCII);
        }

        private long number() {
            long value = 0;
            int from = at;
            while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && value <= MOST) {
                value = 10 * value + bytes[at++] - '0';
            }
            if (at == from || value > MOST) {
                throw malformed("a number is none, or too large");
            }
            return value;
        }

        /** Passes over a value, to the comma or brace behind it. */
        private void skip() {
            int depth = 0;
            while (at < bytes.length) {
                byte b = bytes[at];
                if (depth == 0 && (b == ',' || b == '}')) {
                    return;
                }
                at++;
                switch (b) {
                    case '"' -> skipText();
                    case '{', '[' -> depth++;
                    case '}', ']' -> {
                        if (--depth < 0) {
                            throw malformed("it is no canonical JSON");
                        }
                    }
                    default -> {}
                }
            }
            throw malformed("it ends too early");
        }

        private void skipText() {
            for (byte b = next(); b != '"'; b = next()) {
                if (b == '\\') {
                    at++;
                }
            }
        }

        private static FormatException malformed(String why) {
            return new FormatException(why);
        }
    }
}
