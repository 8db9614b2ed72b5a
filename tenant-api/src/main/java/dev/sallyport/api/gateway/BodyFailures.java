package dev.sallyport.api.gateway;

import dev.sallyport.api.http.BodyRefused;
import dev.sallyport.api.oip.ErrorCode;
import io.vertx.core.Future;
import java.time.Duration;

/** What the caller is told of a body that was not taken. */
final class BodyFailures {
    private static final Duration SOON = Duration.ofSeconds(1);

    private BodyFailures() {}

    static <T> Future<T> refused(Throwable failure) {
        return Future.failedFuture(failure instanceof BodyRefused refused ? new CallRefused(denial(refused)) : failure);
    }

    static Denial denial(BodyRefused refused) {
        String sentence = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case TIMEOUT -> Denial.of(ErrorCode.BODY_TIMEOUT, sentence);
            case TOO_LARGE -> Denial.of(ErrorCode.BODY_TOO_LARGE, sentence);
            case NO_ROOM -> Denial.unavailable(ErrorCode.OVERLOADED, sentence, SOON);
            case ENCODING_UNSUPPORTED -> Denial.of(ErrorCode.ENCODING_UNSUPPORTED, sentence);
            case ENCODING_INVALID -> Denial.of(ErrorCode.ENCODING_INVALID, sentence);
        };
    }
}
