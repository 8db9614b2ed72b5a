package dev.sallyport.ledger;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says that the ledger could not do what was asked of it, and what is known of the outcome. */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is known. */
    public enum Kind {
        /** The database could not be reached or did not answer in time; nothing was done. Try again later. */
        UNAVAILABLE,
        /** The connection was lost while committing: it was done or it was not. Read before trying again. */
        OUTCOME_UNKNOWN,
        /** A row with the same key is there already; nothing was done. */
        CONFLICT,
        /** The request or the state of the ledger does not allow it; nothing was done. */
        REFUSED
    }

    private final Kind kind;

    LedgerException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns what is known of the outcome. */
    public Kind kind() {
        return kind;
    }

    /** Names what a statement's failure means; not for a failed COMMIT. */
    static LedgerException of(String doing, SQLException e) {
        return switch (SqlStates.of(e)) {
            case LOST, BUSY -> new LedgerException(Kind.UNAVAILABLE, doing + ": the database is unavailable", e);
            case CONFLICT -> new LedgerException(Kind.CONFLICT, doing + ": it is there already", e);
            case RETIRED, REFUSED -> new LedgerException(Kind.REFUSED, doing + ": the database refused it", e);
        };
    }
}
