package dev.sallyport.api.http;

/** A body that is not taken. Without a stack trace: whoever sends bodies decides how many of these are made. */
public final class BodyRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** It did not arrive in time, or the connection was lost. */
        TIMEOUT,
        /** It is longer than is taken, as sent or after decompression. */
        TOO_LARGE,
        /** The node holds as many bytes of bodies as it may: later there is room again. */
        NO_ROOM,
        /** Its Content-Encoding is none that is known. */
        ENCODING_UNSUPPORTED,
        /** It is not what its Content-Encoding says. */
        ENCODING_INVALID
    }

    private final Reason reason;

    BodyRefused(Reason reason, String sentence) {
        super(sentence, null, false, false);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
