package dev.sallyport.api.operations;

/** Hears of each request once it has been answered. Called on event loops: implementations neither block nor throw. */
@FunctionalInterface
public interface CallListener {
    /** Hears nothing. */
    CallListener NONE = end -> {};

    /** A request was answered, or its caller is gone. */
    void ended(CallEnd end);

    /** Tells this one first, then the other. */
    default CallListener and(CallListener other) {
        return end -> {
            ended(end);
            other.ended(end);
        };
    }
}
