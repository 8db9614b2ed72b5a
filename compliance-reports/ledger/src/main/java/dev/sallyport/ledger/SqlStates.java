package dev.sallyport.ledger;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** What SQLSTATE says about trying again. */
enum SqlStates {
    /** The connection is gone, or was never made. */
    LOST,
    /** The server is there and could not do it now: a timeout, a deadlock, no room. */
    BUSY,
    /** Unique violation. */
    CONFLICT,
    /** The generation is not the node's any more, or was not granted what it charges. */
    RETIRED,
    /** The statement or its data is at fault: it fails again when tried again. */
    REFUSED;

    static SqlStates of(SQLException e) {
        if (e instanceof SQLTransientConnectionException) {
            return LOST;
        }
        return of(e.getSQLState());
    }

    /** PostgreSQL, Appendix A: error codes. */
    private static SqlStates of(@Nullable String state) {
        if (state == null || state.length() != 5) {
            return LOST;
        }
        return switch (state) {
            case "SP001" -> RETIRED;
            case "23505" -> CONFLICT;
            // No partition for the row's month: it is being made.
            case "23514" -> BUSY;
            case "57P01", "57P02", "57P03", "57P05" -> LOST;
            default ->
                switch (state.substring(0, 2)) {
                    case "08" -> LOST;
                    case "22", "23" -> REFUSED;
                    case "25", "40", "53", "55", "57", "58", "XX" -> BUSY;
                    default -> REFUSED;
                };
        };
    }
}
