package dev.sallyport.api.gateway;

/** The state changed between a call's decision and its record: the call is to be decided again. */
@SuppressWarnings("serial") // never serialised
final class DecisionStale extends RuntimeException {
    DecisionStale() {
        super("stale", null, false, false);
    }
}
