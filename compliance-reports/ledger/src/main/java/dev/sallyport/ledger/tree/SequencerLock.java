package dev.sallyport.ledger.tree;

import java.sql.SQLException;

/** The advisory lock under which the log is written, held to the end of the transaction: a session's would be lost silently on reconnecting. */
final class SequencerLock {
    private static final long NUMBER = 7_316_580_264_319_902_411L;

    private SequencerLock() {}

    /** Takes the lock unless somebody else has it. */
    static boolean take(Sql sql) throws SQLException {
        return sql.first("SELECT pg_try_advisory_xact_lock(?)", row -> row.getBoolean(1), NUMBER)
                .orElseThrow();
    }

    /** Waits for the lock, as long as a statement may take. */
    static void await(Sql sql) throws SQLException {
        sql.call("SELECT pg_advisory_xact_lock(?)", NUMBER);
    }
}
