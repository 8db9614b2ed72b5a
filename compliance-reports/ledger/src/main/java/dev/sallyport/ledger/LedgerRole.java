package dev.sallyport.ledger;

import java.util.Locale;

/** The database roles that the ledger logs in with, each with a pool of its own. */
public enum LedgerRole {
    /** Turns a credential into a tenant; lent to the identity of calls. */
    DOOR(4),
    /** Tenant-scoped work. */
    APP(8),
    /** Flushes, takes rows of budgets, says that the node lives. */
    LEDGER_WRITER(4),
    /** Orders the records into the log. */
    SEQUENCER(2),
    /** Makes partitions and forgets old flush ids. */
    JANITOR(1),
    /** Reads records. */
    AUDITOR(4);

    private final int connections;

    LedgerRole(int connections) {
        this.connections = connections;
    }

    /** Returns the role's name in Postgres. */
    public String roleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    int connections() {
        return connections;
    }
}
