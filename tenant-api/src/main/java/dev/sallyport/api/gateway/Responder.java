package dev.sallyport.api.gateway;

import dev.sallyport.api.oip.Answer;
import dev.sallyport.api.oip.ErrorBody;
import dev.sallyport.api.oip.ErrorCode;
import dev.sallyport.api.oip.RequestReader;
import dev.sallyport.api.operations.CallEnd;
import dev.sallyport.api.operations.CallListener;
import dev.sallyport.api.operations.Correlation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Writes answers and refusals with their headers, and tells who listens. */
final class Responder {
    private static final CharSequence RECORD = HttpHeaders.createOptimized("Sallyport-Record");
    private static final CharSequence RECEIPT = HttpHeaders.createOptimized("Sallyport-Receipt");
    private static final CharSequence POLICY = HttpHeaders.createOptimized("Sallyport-Policy");
    private static final CharSequence DISCLOSURE = HttpHeaders.createOptimized("Sallyport-Disclosure");
    private static final CharSequence BUDGET_REMAINING = HttpHeaders.createOptimized("Sallyport-Budget-Remaining");
    private static final CharSequence RATE_LIMIT_POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence RATE_LIMIT = HttpHeaders.createOptimized("RateLimit");
    private static final CharSequence CODE = HttpHeaders.createOptimized("Sallyport-Code");
    private static final CharSequence RULE = HttpHeaders.createOptimized("Sallyport-Rule");
    private static final CharSequence CONTROL = HttpHeaders.createOptimized("Sallyport-Control");
    private static final CharSequence JSON_LENGTH = HttpHeaders.createOptimized(RequestReader.JSON_LENGTH_HEADER);
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized(Correlation.REQUEST_ID);
    private static final CharSequence TRACEPARENT = HttpHeaders.createOptimized(Correlation.TRACEPARENT);
    private static final CharSequence AUTHENTICATE = HttpHeaders.createOptimized("WWW-Authenticate");
    private static final CharSequence JSON = HttpHeaders.createOptimized(ErrorBody.CONTENT_TYPE);
    private static final CharSequence OCTETS = HttpHeaders.createOptimized("application/octet-stream");

    private static final int COMPRESS_FROM_BYTES = 4096;

    private final CallListener listener;

    Responder(CallListener listener) {
        this.listener = listener;
    }

    /** Answers an inference. */
    void answer(Call call, Answered answered) {
        Answer answer = answered.answer();
        HttpServerResponse response = begin(call, 200);
        response.putHeader(RECORD, answer.record());
        response.putHeader(RECEIPT, answered.receipt());
        response.putHeader(POLICY, answer.policy());
        response.putHeader(DISCLOSURE, answer.disclosure());
        answer.budgetRemaining().ifPresent(rows -> response.putHeader(BUDGET_REMAINING, Long.toString(rows)));
        limits(call, response);
        int jsonLength = answered.encoded().jsonLength();
        if (jsonLength >= 0) {
            response.putHeader(JSON_LENGTH, Integer.toString(jsonLength));
            response.putHeader(HttpHeaders.CONTENT_TYPE, OCTETS);
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        }
        end(call, response, answered.encoded().body(), call.end(200, null, answer.record()));
    }

    /** Answers any other call. */
    void answer(Call call, int status, JsonObject body) {
        answer(call, status, body.toBuffer());
    }

    /** Answers any other call. */
    void answer(Call call, int status, JsonArray body) {
        answer(call, status, body.toBuffer());
    }

    private void answer(Call call, int status, Buffer body) {
        HttpServerResponse response = begin(call, status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        end(call, response, body, call.end(status, null, null));
    }

    /** Refuses, in the protocol's form. */
    void refuse(Call call, Denial denial) {
        int status = denial.refusal().status();
        HttpServerResponse response = begin(call, status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        response.putHeader(CODE, denial.refusal().code());
        explain(response, denial);
        if (denial.retryAfter().compareTo(Duration.ZERO) > 0) {
            // rounded up, so that nobody comes too early
            long seconds = Math.max(1, denial.retryAfter().plusMillis(999).toSeconds());
            response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        if (status == 429) {
            limits(call, response);
        }
        if (status == 401) {
            response.putHeader(AUTHENTICATE, "Bearer");
        }
        if (status == ErrorCode.METHOD_NOT_ALLOWED.status()) {
            response.putHeader(HttpHeaders.ALLOW, call.path().call().method().name());
        }
        boolean bodyGivenUp = status == ErrorCode.BODY_TIMEOUT.status() || status == ErrorCode.BODY_TOO_LARGE.status();
        if (bodyGivenUp && !call.request().isEnded()) {
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        Buffer body = ErrorBody.write(denial.refusal(), denial.notes());
        end(call, response, body, call.end(status, denial.refusal().code(), denial.record()));
    }

    private static void limits(Call call, HttpServerResponse response) {
        RateLimitFields limits = call.limits();
        if (limits != null) {
            response.putHeader(RATE_LIMIT_POLICY, limits.policy());
            response.putHeader(RATE_LIMIT, limits.limit());
        }
    }

    private static void explain(HttpServerResponse response, Denial denial) {
        if (denial.record() != null) {
            response.putHeader(RECORD, denial.record());
        }
        if (denial.receipt() != null) {
            response.putHeader(RECEIPT, denial.receipt());
        }
        if (denial.policy() != null) {
            response.putHeader(POLICY, denial.policy());
        }
        if (!denial.rules().isEmpty()) {
            response.putHeader(RULE, String.join(", ", denial.ruleIds()));
        }
        if (!denial.controls().isEmpty()) {
            response.putHeader(CONTROL, String.join(", ", denial.controls()));
        }
    }

    private static HttpServerResponse begin(Call call, int status) {
        HttpServerResponse response = call.request().response().setStatusCode(status);
        response.putHeader(REQUEST_ID, call.correlation().request());
        String traceparent = call.correlation().traceparent();
        if (traceparent != null) {
            response.putHeader(TRACEPARENT, traceparent);
        }
        return response;
    }

    private void end(Call call, HttpServerResponse response, Buffer body, CallEnd end) {
        boolean close = "close".equals(response.headers().get(HttpHeaders.CONNECTION));
        if (body.length() < COMPRESS_FROM_BYTES) {
            // how Vert.x is told not to compress; it takes the header out again
            response.putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        }
        if (!response.closed()) {
            Future<Void> sent = response.end(body);
            if (close) {
                sent.onComplete(any -> call.request().connection().close());
            }
        }
        listener.ended(end);
    }
}
