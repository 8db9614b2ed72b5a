package dev.sallyport.format;

import static dev.sallyport.format.CanonicalWriter.nameBytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A log entry: the place that a record was given, and its digest. The log is made of these, not of records, so a
 * record can be erased while every proof stands.
 *
 * @param index the entry's index in the tenant's log, from 0
 * @param sequencedAt when it was given, µs since the epoch, UTC; never below the entry's before it
 * @param record the SHA-256 of the record's bytes, 64 lower-case hexadecimal digits
 */
public record Envelope(long index, long sequencedAt, String record) {
    /** The version of the form. */
    public static final int VERSION = 1;

    private static final int DIGEST_CHARACTERS = 64;
    private static final int MOST_DIGITS = 16;
    private static final byte[] INDEX = nameBytes("index");
    private static final byte[] RECORD = nameBytes("record");
    private static final byte[] SEQUENCED_AT = nameBytes("sequencedAt");
    private static final byte[] V = nameBytes("v");

    /** @throws IllegalArgumentException if the index or the time is negative or the digest is not one */
    public Envelope {
        if (index < 0 || sequencedAt < 0 || !Sha256.isHex(record)) {
            throw new IllegalArgumentException(
                    "an envelope has an index, a time and a digest of 64 hexadecimal digits");
        }
    }

    /** Returns the canonical bytes. */
    public byte[] encode() {
        var w = new CanonicalWriter(160);
        w.beginObject();
        RecordEncoder.number(w, INDEX, index);
        RecordEncoder.text(w, RECORD, record);
        RecordEncoder.number(w, SEQUENCED_AT, sequencedAt);
        RecordEncoder.number(w, V, VERSION);
        w.endObject();
        return w.toBytes();
    }

    /**
     * Reads an envelope. A log is checked line by line, so this goes along the one writing that there is, without a
     * tree of values.
     *
     * @throws FormatException if the bytes are not exactly those of an envelope of version 1
     */
    public static Envelope parse(byte[] bytes) {
        var scan = new Scan(bytes);
        scan.expect('{');
        scan.expect(INDEX);
        long index = scan.number();
        scan.expect(',');
        scan.expect(RECORD);
        String record = scan.text(DIGEST_CHARACTERS);
        scan.expect(',');
        scan.expect(SEQUENCED_AT);
        long sequencedAt = scan.number();
        scan.expect(',');
        scan.expect(V);
        if (scan.number() != VERSION || !Sha256.isHex(record)) {
            throw malformed();
        }
        scan.expect('}');
        scan.end();
        return new Envelope(index, sequencedAt, record);
    }

    private static FormatException malformed() {
        return new FormatException("not the canonical form of an envelope of version 1");
    }

    /** Goes along the bytes; whatever stands elsewhere than it should is refused. */
    private static final class Scan {
        private final byte[] bytes;
        private int at;

        Scan(byte[] bytes) {
            this.bytes = bytes;
        }

        void expect(char c) {
            if (at >= bytes.length || bytes[at++] != c) {
                throw malformed();
            }
        }

        void expect(byte[] all) {
            if (bytes.length - at < all.length || !Arrays.equals(bytes, at, at + all.length, all, 0, all.length)) {
                throw malformed();
            }
            at += all.length;
        }

        /** An integer from 0 to 2^53 − 1, which has 16 digits, without leading zeros. */
        long number() {
            int from = at;
            long value = 0;
            while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && at - from <= MOST_DIGITS) {
                value = 10 * value + bytes[at++] - '0';
            }
            int digits = at - from;
            if (digits == 0
                    || digits > MOST_DIGITS
                    || value > JsonValue.MAX_INTEGER
                    || (digits > 1 && bytes[from] == '0')) {
                throw malformed();
            }
            return value;
        }

        String text(int length) {
            expect('"');
            if (bytes.length - at < length) {
                throw malformed();
            }
            at += length;
            String text = new String(bytes, at - length, length, StandardCharsets.ISO_8859_1);
            expect('"');
            return text;
        }

        void end() {
            if (at != bytes.length) {
                throw malformed();
            }
        }
    }
}
