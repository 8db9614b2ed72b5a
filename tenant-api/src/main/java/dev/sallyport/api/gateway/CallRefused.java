package dev.sallyport.api.gateway;

/** Ends a call's way at any step; answered at the edge. Without a stack trace: a refusal is no surprise. */
@SuppressWarnings("serial") // never serialised
final class CallRefused extends RuntimeException {
    private final Denial denial;

    CallRefused(Denial denial) {
        super(denial.refusal().code(), null, false, false);
        this.denial = denial;
    }

    Denial denial() {
        return denial;
    }
}
