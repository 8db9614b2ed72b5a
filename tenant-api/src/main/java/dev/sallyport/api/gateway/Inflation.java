package dev.sallyport.api.gateway;

import dev.sallyport.api.oip.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Undoes a body's Content-Encoding, within a bound. */
final class Inflation {
    private static final int BLOCK = 16_384;

    private Inflation() {}

    /**
     * The body as it was before it was compressed.
     *
     * @param encoding the header Content-Encoding; null for none
     * @param limit bytes of the longest result
     * @throws CallRefused 415 for another encoding than gzip, deflate (zlib's form) and identity, 413 beyond the limit,
     *     400 if it cannot be decompressed
     */
    static byte[] inflate(byte[] body, @Nullable String encoding, int limit) {
        if (encoding == null) {
            return body;
        }
        try {
            return switch (encoding.trim().toLowerCase(Locale.ROOT)) {
                case "", "identity" -> body;
                case "gzip", "x-gzip" -> read(new GZIPInputStream(new ByteArrayInputStream(body)), limit);
                case "deflate" -> read(new InflaterInputStream(new ByteArrayInputStream(body)), limit);
                default ->
                    throw refused(ErrorCode.ENCODING_UNSUPPORTED, "Content-Encoding is gzip, deflate or identity");
            };
        } catch (IOException e) {
            throw refused(ErrorCode.ENCODING_INVALID, "the body is not what its Content-Encoding says");
        }
    }

    private static byte[] read(InputStream in, int limit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(BLOCK);
        byte[] block = new byte[BLOCK];
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            if (out.size() + read > limit) {
                throw refused(ErrorCode.BODY_TOO_LARGE, "a decompressed body has at most " + limit + " bytes");
            }
            out.write(block, 0, read);
        }
        return out.toByteArray();
    }

    private static CallRefused refused(ErrorCode code, String sentence) {
        return new CallRefused(Denial.of(code, sentence));
    }
}
