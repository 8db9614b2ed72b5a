package dev.sallyport.api.identity;

/** What became of a request's credential. */
public sealed interface IdentityResult {
    /**
     * The credential is good.
     *
     * @param caller whose it is
     */
    record Known(Caller caller) implements IdentityResult {}

    /** There is none: 401. */
    record Missing() implements IdentityResult {}

    /** It is nobody's, expired or revoked, or its tenant is gone: 401. Which of these, nobody is told. */
    record Unknown() implements IdentityResult {}

    /** {@code Authorization} and {@code X-API-Key} hold two that differ, or one header holds several: 400. */
    record Conflicting() implements IdentityResult {}

    /** Nobody can be asked: 503. */
    record Unavailable() implements IdentityResult {}
}
