package dev.sallyport.api.oip;

/** What became of a request's bytes. */
public sealed interface ReadResult {
    /**
     * A request that fits the model's signature.
     *
     * @param request its content
     */
    record Read(InferRequest request) implements ReadResult {}

    /**
     * Not one.
     *
     * @param refusal 400, or 501 for what the protocol knows and this server does not
     */
    record Malformed(Refusal refusal) implements ReadResult {}
}
