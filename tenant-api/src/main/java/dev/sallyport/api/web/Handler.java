package dev.sallyport.api.web;

/** What an operation does. Runs on a virtual thread and may block. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers a call that was identified, allowed and checked against the OpenAPI document.
     *
     * @throws Problem for an error answer
     */
    OperationAnswer handle(OperationCall call);
}
