package dev.sallyport.api.oip;

/** Leaves the reader from any depth; never leaves this package. Without a stack trace: bad input is no surprise. */
@SuppressWarnings("serial") // never serialised
final class MalformedRequest extends RuntimeException {
    private final Refusal refusal;

    MalformedRequest(ErrorCode code, String sentence) {
        super(sentence, null, false, false);
        this.refusal = Refusal.of(code, sentence);
    }

    Refusal refusal() {
        return refusal;
    }
}
