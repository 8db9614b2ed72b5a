package dev.sallyport.format;

import static dev.sallyport.format.CanonicalWriter.nameBytes;

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
     * Reads an envelope.
     *
     * @throws FormatException if the bytes are not exactly those of an envelope of version 1
     */
    public static Envelope parse(byte[] bytes) {
        var r = new JsonReader(CanonicalJson.parse(bytes), "envelope");
        Envelope envelope;
        try {
            envelope = new Envelope(r.integer("index"), r.integer("sequencedAt"), r.text("record"));
        } catch (IllegalArgumentException e) {
            throw new FormatException("not an envelope of version 1: " + e.getMessage());
        }
        if (!Arrays.equals(envelope.encode(), bytes)) {
            throw new FormatException("not the canonical form of an envelope of version 1");
        }
        return envelope;
    }
}
