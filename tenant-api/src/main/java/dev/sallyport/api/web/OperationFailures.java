package dev.sallyport.api.web;

import dev.sallyport.api.http.BodyRefused;
import dev.sallyport.api.identity.ActorGoneException;
import dev.sallyport.api.identity.StoreUnavailableException;
import dev.sallyport.ledger.LedgerException;
import dev.sallyport.ledger.tree.LogException;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.openapi.validation.ValidatorErrorType;
import io.vertx.openapi.validation.ValidatorException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong in an operation, as a problem for its caller; what is nobody's fault outside is logged. */
final class OperationFailures {
    private static final Logger LOG = LoggerFactory.getLogger(OperationFailures.class);

    private OperationFailures() {}

    static Problem problem(Throwable failure, String operation) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case Problem problem -> problem;
            case ValidatorException invalid
            when invalid.type() == ValidatorErrorType.UNSUPPORTED_VALUE_FORMAT ->
                Problem.malformed("the body must be JSON, sent with Content-Type: application/json");
            case ValidatorException invalid -> Problem.malformed(String.valueOf(invalid.getMessage()));
            case HttpException unread
            when unread.getStatusCode() < 500 -> Problem.malformed("the path or the query cannot be read");
            case BodyRefused refused -> body(refused);
            case ActorGoneException gone -> unauthenticated();
            case LedgerException ledger -> ledger(ledger, operation);
            case LogException log -> log(log, operation);
            case StoreUnavailableException unavailable -> Problem.unavailable();
            default -> {
                LOG.error("{} failed", operation, cause);
                yield Problem.of(ProblemCode.INTERNAL, "this failed inside; the server's log has why");
            }
        };
    }

    private static Problem body(BodyRefused refused) {
        String sentence = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case TIMEOUT -> Problem.of(ProblemCode.BODY_TIMEOUT, sentence);
            case TOO_LARGE -> Problem.of(ProblemCode.TOO_LARGE, sentence);
            case NO_ROOM -> Problem.of(ProblemCode.UNAVAILABLE, sentence);
            case ENCODING_UNSUPPORTED, ENCODING_INVALID -> Problem.malformed(sentence);
        };
    }

    static Problem unauthenticated() {
        return Problem.of(
                ProblemCode.UNAUTHENTICATED, "send a key that is good, as Authorization: Bearer KEY or X-API-Key: KEY");
    }

    private static Problem log(LogException failure, String operation) {
        return switch (failure.kind()) {
            case UNAVAILABLE, MISSING_KEY -> Problem.unavailable();
            case REFUSED -> {
                LOG.error("{}: the log is not what was signed", operation, failure);
                yield Problem.of(ProblemCode.INTERNAL, "this failed inside; the server's log has why");
            }
        };
    }

    private static Problem ledger(LedgerException failure, String operation) {
        return switch (failure.kind()) {
            case UNAVAILABLE -> Problem.unavailable();
            case OUTCOME_UNKNOWN ->
                Problem.of(
                        ProblemCode.OUTCOME_UNKNOWN,
                        "the connection was lost while committing: look before trying again");
            case CONFLICT -> Problem.of(ProblemCode.CONFLICT, "somebody else did this at the same time");
            case REFUSED -> {
                LOG.error("{}: the database refused it", operation, failure);
                yield Problem.of(ProblemCode.INTERNAL, "the database refused it; the server's log has why");
            }
        };
    }
}
