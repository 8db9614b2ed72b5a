package dev.sallyport.api.operations;

import io.vertx.core.MultiMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ids by which a request is found again: {@code X-Request-Id}, and {@code traceparent} of W3C Trace Context level 1.
 * Both are echoed. One that has not the form is treated as not sent, as the trace specification asks.
 *
 * @param request the caller's id, or one of ours
 * @param traceparent as sent; null when there is none
 */
public record Correlation(String request, @Nullable String traceparent) {
    /** The header of the request's id. */
    public static final String REQUEST_ID = "X-Request-Id";
    /** The header of the trace. */
    public static final String TRACEPARENT = "traceparent";

    private static final Pattern REQUEST = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");
    private static final Pattern TRACE =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int TRACE_START = 3;
    private static final int TRACE_END = 35;

    /**
     * Reads the headers.
     *
     * @param fresh makes an id where the caller sent none
     */
    public static Correlation of(MultiMap headers, Supplier<String> fresh) {
        String request = headers.get(REQUEST_ID);
        String trace = headers.get(TRACEPARENT);
        return new Correlation(
                request != null && REQUEST.matcher(request).matches() ? request : fresh.get(),
                trace != null && TRACE.matcher(trace).matches() ? trace : null);
    }

    /** The trace's id, 32 hex digits; null when there is none. */
    public @Nullable String trace() {
        return traceparent == null ? null : traceparent.substring(TRACE_START, TRACE_END);
    }
}
