package dev.sallyport.api.gateway;

import dev.sallyport.api.oip.ErrorCode;
import dev.sallyport.inference.Reply;
import java.time.Duration;

/** What callers are told when a worker has no answer. */
final class WorkerFailures {
    private static final Duration SOON = Duration.ofSeconds(1);

    private WorkerFailures() {}

    static Denial denial(Reply.Failed failed) {
        return switch (failed.kind()) {
            case OVERLOADED -> Denial.unavailable(ErrorCode.OVERLOADED, failed.sentence(), SOON);
            case DEADLINE -> Denial.unavailable(ErrorCode.DEADLINE_EXCEEDED, failed.sentence(), SOON);
            case MODEL_UNAVAILABLE -> Denial.unavailable(ErrorCode.MODEL_UNAVAILABLE, failed.sentence(), SOON);
            case MODEL_FAILED -> Denial.of(ErrorCode.MODEL_FAILED, failed.sentence());
            case BAD_INPUT -> Denial.of(ErrorCode.INPUT_INVALID, failed.sentence());
        };
    }
}
