package dev.sallyport.inference;

/**
 * Port: takes what workers see that belongs in the ledger although nobody called. Implementations do not block and do
 * not throw.
 */
@FunctionalInterface
public interface Evidence {

    /** Something happened to a model version. */
    sealed interface Event {
        /** Which version. */
        ModelRef ref();

        /**
         * Signature and digest were verified and the model is ready.
         *
         * @param digest SHA-256 of the artefact, lower-case hex
         */
        record Loaded(ModelRef ref, String digest) implements Event {}

        /**
         * The model may not or cannot run.
         *
         * @param sentence why
         */
        record Refused(ModelRef ref, String sentence) implements Event {}

        /** The model was put away. */
        record Unloaded(ModelRef ref) implements Event {}
    }

    /** Takes note of an event. */
    void saw(Event event);
}
