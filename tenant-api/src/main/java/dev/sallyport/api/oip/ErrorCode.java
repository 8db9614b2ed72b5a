package dev.sallyport.api.oip;

/**
 * The stable codes of what the inference protocol refuses, each with its HTTP status. docs/errors.md explains them.
 * Policies may give a denial a code of their own as {@code reason}; those are answered with 403 and are not here.
 */
public enum ErrorCode {
    BODY_MALFORMED(400),
    REQUEST_INVALID(400),
    BINARY_MALFORMED(400),
    INPUT_MISSING(400),
    INPUT_UNKNOWN(400),
    INPUT_INVALID(400),
    SHAPE_MISMATCH(400),
    DATATYPE_MISMATCH(400),
    VALUE_INVALID(400),
    OUTPUT_UNKNOWN(400),
    OUTPUT_INVALID(400),
    HEADER_INVALID(400),
    DECLARATION_INVALID(400),
    DECLARATION_CONFLICT(400),
    CREDENTIAL_CONFLICT(400),
    ENCODING_INVALID(400),

    CREDENTIAL_MISSING(401),
    CREDENTIAL_UNKNOWN(401),

    ROLE_NOT_ALLOWED(403),
    SCOPE_NOT_ALLOWED(403),
    TENANT_SUSPENDED(403),
    PURPOSE_MISSING(403),
    PURPOSE_NOT_ALLOWED(403),
    FIELD_FORBIDDEN(403),
    FIELD_NOT_ALLOWED(403),
    FIELD_REQUIRED(403),
    DETECTED(403),
    SUBJECT_MISSING(403),
    TOO_MANY_ROWS(403),
    INPUT_TOO_LARGE(403),
    CONDITION(403),
    SHAPE_UNSUPPORTED(403),
    OBLIGATION_UNMET(403),
    POLICY_GAP(403),
    POLICY_CONTRADICTION(403),
    HELD(403),

    PATH_UNKNOWN(404),
    MODEL_UNKNOWN(404),

    METHOD_NOT_ALLOWED(405),
    BODY_TIMEOUT(408),
    BODY_TOO_LARGE(413),
    ENCODING_UNSUPPORTED(415),

    RATE_LIMITED(429),
    BUDGET_EXHAUSTED(429),

    INTERNAL(500),
    MODEL_FAILED(500),
    UNSUPPORTED(501),

    OVERLOADED(503),
    DEADLINE_EXCEEDED(503),
    MODEL_UNAVAILABLE(503),
    IDENTITY_UNAVAILABLE(503),
    POLICY_UNAVAILABLE(503),
    BUDGET_UNAVAILABLE(503),
    LEDGER_UNAVAILABLE(503),
    STATE_CHANGED(503);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status, 400 to 599. */
    public int status() {
        return status;
    }
}
