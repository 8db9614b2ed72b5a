package dev.sallyport.migrations;

import java.util.Locale;

/**
 * A role that owns definer functions and logs in nowhere. With row-level security forced, a function of the
 * tables' owner would see no row; these have policies of their own on just the tables they need.
 */
enum DefinerRole {
    /** Credentials to tenants. */
    DOOR_FN,
    /** Epochs and records of acts. */
    STATE_FN,
    /** The fence, flush ids and sums of budgets. */
    FLUSH_FN,
    /** Owns the records, since only an owner may give a table partitions. */
    JANITOR_FN;

    /** The role's name in PostgreSQL. */
    String roleName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
