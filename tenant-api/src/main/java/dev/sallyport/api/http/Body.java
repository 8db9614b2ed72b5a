package dev.sallyport.api.http;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A body that has arrived, still as it was sent. It holds memory of the node until its {@link Arrival} is released. */
public final class Body {
    private final Buffer sent;
    private final @Nullable String encoding;
    private final BodyMemory.Claim claim;

    Body(Buffer sent, @Nullable String encoding, BodyMemory.Claim claim) {
        this.sent = sent;
        this.encoding = encoding;
        this.claim = claim;
    }

    /** Its length as sent, in bytes. */
    public int length() {
        return sent.length();
    }

    /** Whether {@link #bytes} has to decompress it, which takes time. */
    public boolean compressed() {
        return encoding != null && !encoding.isBlank() && !encoding.trim().equalsIgnoreCase("identity");
    }

    /** The body as it was sent. */
    public Buffer sent() {
        return sent;
    }

    /**
     * The body as it was before it was compressed.
     *
     * @param limit bytes of the longest result
     * @throws BodyRefused if its Content-Encoding is unknown, a lie, or leads beyond the limit or the node's memory
     */
    public byte[] bytes(int limit) {
        return compressed()
                ? Inflation.inflate(sent.getBytes(), String.valueOf(encoding), limit, claim)
                : sent.getBytes();
    }
}
