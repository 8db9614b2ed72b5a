package dev.sallyport.api.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Optional;

/**
 * Whether it is beyond doubt where a request ends and what it asks. Two servers in a row that read one stream differently
 * let a request be smuggled past the first; so whatever could be read in two ways is refused, and its connection closed.
 * A request with both Content-Length and Transfer-Encoding cannot be told from one with the latter alone, since the
 * decoder has taken the former away: after any chunked request the connection is closed. RFC 9112, sections 3.2 and 6.
 */
public final class Framing {
    private Framing() {}

    /**
     * Has the connection closed after the answer where the next request might be part of this one.
     *
     * @param request one without fault
     */
    public static void guard(HttpServerRequest request) {
        if (request.headers().contains("Transfer-Encoding")) {
            closeAfterwards(request);
        }
    }

    /** Has the connection closed once the request is answered. */
    public static void closeAfterwards(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        request.response().endHandler(sent -> request.connection().close());
    }

    /**
     * What is wrong with a request's framing.
     *
     * @return a sentence; empty when nothing is
     */
    public static Optional<String> fault(HttpServerRequest request) {
        String path = request.path();
        if (path == null || !path.startsWith("/")) {
            return Optional.of("a request's target is a path");
        }
        List<String> codings = request.headers().getAll("Transfer-Encoding");
        if (!codings.isEmpty() && request.version() != HttpVersion.HTTP_1_1) {
            return Optional.of("Transfer-Encoding is HTTP/1.1's");
        }
        if (!codings.isEmpty()
                && (codings.size() > 1 || !codings.getFirst().trim().equalsIgnoreCase("chunked"))) {
            return Optional.of("Transfer-Encoding is chunked or absent");
        }
        if (request.version() == HttpVersion.HTTP_1_1
                && request.headers().getAll("Host").size() != 1) {
            return Optional.of("a request has one header Host");
        }
        return Optional.empty();
    }
}
