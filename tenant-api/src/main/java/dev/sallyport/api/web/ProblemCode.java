package dev.sallyport.api.web;

/**
 * The stable codes of what the interfaces for administrators and auditors refuse, each with its HTTP status.
 * docs/errors.md explains them. The inference protocol has codes of its own.
 */
public enum ProblemCode {
    MALFORMED(400),
    CREDENTIALS_CONFLICT(400),

    UNAUTHENTICATED(401),
    ROLE_NOT_ALLOWED(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    BODY_TIMEOUT(408),

    CONFLICT(409),
    NOT_SEQUENCED(409),
    STATE_CHANGED(409),
    TENANT_TAKEN(409),
    REPORT_PENDING(409),
    REPORT_FAILED(409),

    POLICY_CHANGED(412),
    TOO_LARGE(413),
    UNPROCESSABLE(422),

    INTERNAL(500),

    OUTCOME_UNKNOWN(503),
    UNAVAILABLE(503);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    /** Whether the same call may well succeed a second later, by itself. */
    boolean passing() {
        return this == UNAVAILABLE || this == NOT_SEQUENCED;
    }

    /** The HTTP status, 400 to 599. */
    public int status() {
        return status;
    }
}
