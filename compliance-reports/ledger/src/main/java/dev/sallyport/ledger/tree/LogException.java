package dev.sallyport.ledger.tree;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says that the log could not do what was asked of it. */
public final class LogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** The database could not be reached or did not answer in time. Try again later. */
        UNAVAILABLE,
        /** A key that signs is not in the keys folder: this node cannot sign, others may. Try again when it is there. */
        MISSING_KEY,
        /** What is stored is not what was signed, or a key is not the log's. It does not go away by trying again. */
        REFUSED
    }

    private final Kind kind;

    LogException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns why. */
    public Kind kind() {
        return kind;
    }

    static LogException unavailable(String doing, SQLException e) {
        return new LogException(Kind.UNAVAILABLE, doing + ": the database is unavailable", e);
    }

    static LogException refused(String message) {
        return new LogException(Kind.REFUSED, message, null);
    }
}
