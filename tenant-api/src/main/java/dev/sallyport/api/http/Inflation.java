package dev.sallyport.api.http;

import dev.sallyport.api.http.BodyRefused.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Undoes a body's Content-Encoding, within bounds. */
final class Inflation {
    private static final int BLOCK = 16_384;

    private Inflation() {}

    /**
     * The body as it was before it was compressed.
     *
     * @param encoding the header Content-Encoding
     * @param limit bytes of the longest result
     * @param claim grows by the result
     * @throws BodyRefused for another encoding than gzip and deflate (zlib's form), beyond the limit or the node's
     *     memory, and if it cannot be decompressed
     */
    static byte[] inflate(byte[] body, String encoding, int limit, BodyMemory.Claim claim) {
        try {
            return switch (encoding.trim().toLowerCase(Locale.ROOT)) {
                case "gzip", "x-gzip" -> read(GZIPInputStream::new, body, limit, claim);
                case "deflate" -> read(InflaterInputStream::new, body, limit, claim);
                default ->
                    throw new BodyRefused(Reason.ENCODING_UNSUPPORTED, "Content-Encoding is gzip, deflate or identity");
            };
        } catch (IOException e) {
            throw new BodyRefused(Reason.ENCODING_INVALID, "the body is not what its Content-Encoding says");
        }
    }

    /** Undoes one coding. */
    @FunctionalInterface
    private interface Decoder {
        InputStream over(InputStream sent) throws IOException;
    }

    private static byte[] read(Decoder decoder, byte[] body, int limit, BodyMemory.Claim claim) throws IOException {
        try (InputStream in = decoder.over(new ByteArrayInputStream(body))) {
            return read(in, limit, claim);
        }
    }

    private static byte[] read(InputStream in, int limit, BodyMemory.Claim claim) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(BLOCK);
        byte[] block = new byte[BLOCK];
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            if (out.size() + read > limit) {
                throw new BodyRefused(Reason.TOO_LARGE, "a decompressed body has at most " + limit + " bytes");
            }
            if (!claim.grow(read)) {
                throw Bodies.noRoom();
            }
            out.write(block, 0, read);
        }
        return out.toByteArray();
    }
}
