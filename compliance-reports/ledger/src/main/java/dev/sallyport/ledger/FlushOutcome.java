package dev.sallyport.ledger;

import java.util.Set;

/** What became of one attempt to write a flush. */
sealed interface FlushOutcome {

    /** Returns the word for it in the trace. */
    default String code() {
        return switch (this) {
            case Committed committed -> "committed";
            case CommittedBefore before -> "committed-before";
            case Moved moved -> "moved";
            case Retired retired -> "retired";
            case Faulty faulty -> "faulty";
            case NotWritten notWritten -> "not-written";
            case Unknown unknown -> "unknown";
        };
    }

    /** Returns the SQLSTATE of a failure; empty where it is none. */
    default String reason() {
        return "";
    }

    /** COMMIT was acknowledged. */
    record Committed() implements FlushOutcome {}

    /** The flush's id is there: an attempt whose COMMIT was not acknowledged had committed. */
    record CommittedBefore() implements FlushOutcome {}

    /**
     * Nothing was written: the state of these tenants has moved on.
     *
     * @param tenants the tenants; {@code platform} means all
     */
    record Moved(Set<String> tenants) implements FlushOutcome {}

    /** Nothing was written: the generation is not the node's any more, or was not granted what it charges. */
    record Retired() implements FlushOutcome {}

    /**
     * Nothing was written by any attempt: some record's data is refused.
     *
     * @param reason the SQLSTATE
     */
    record Faulty(String reason) implements FlushOutcome {}

    /**
     * This attempt wrote nothing; it may be repeated.
     *
     * @param reason the SQLSTATE
     */
    record NotWritten(String reason) implements FlushOutcome {}

    /**
     * The connection was lost during COMMIT: this attempt wrote everything or nothing.
     *
     * @param reason the SQLSTATE
     */
    record Unknown(String reason) implements FlushOutcome {}
}
