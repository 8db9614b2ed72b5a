package dev.sallyport.ledger.tree;

import dev.sallyport.format.log.LogSigner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Something else that only who holds the log's key can do: certifying receipt keys. */
@FunctionalInterface
public interface LogKeyWork {
    /** No work. */
    LogKeyWork NONE = (sequencer, origin, signers) -> {};

    /**
     * Does what is to be done, several times a second and on one node at a time. What it throws rolls its writes back
     * and is tried again.
     *
     * @param sequencer a transaction of the role {@code sequencer}, not the work's to end, of at most a second
     * @param origin the log's origin
     * @param signers the log's keys that sign now, at least one
     */
    void run(Connection sequencer, String origin, List<LogSigner> signers) throws SQLException;
}
