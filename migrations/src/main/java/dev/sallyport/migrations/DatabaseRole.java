package dev.sallyport.migrations;

import java.util.Locale;

/**
 * A role that logs in to serve. None owns a table, bypasses row-level security or inherits from another;
 * what each may do is granted in {@code db/migration} and nowhere else.
 */
public enum DatabaseRole {
    /** Turns a credential into a tenant through definer functions; reads no table. */
    DOOR("statement_timeout", "5s"),
    /** Tenant-scoped work: each use is one transaction that begins with {@code set_config('sallyport.tenant', …, true)}. */
    APP("statement_timeout", "1s"),
    /** Appends records and payloads, and charges budgets through definer functions; reads no table. */
    LEDGER_WRITER("statement_timeout", "1s"),
    /** Orders the records into the log and writes its trees; of a record it reads the place and the digest. */
    SEQUENCER("statement_timeout", "1s"),
    /** Creates partitions and prunes flush ids through definer functions; reads no table. */
    JANITOR("statement_timeout", "5s"),
    /** Reads the ledger, within a tenant or, with {@code sallyport.scope = 'platform'}, all of it. */
    AUDITOR("default_transaction_read_only", "on");

    private final String setting;
    private final String value;

    DatabaseRole(String setting, String value) {
        this.setting = setting;
        this.value = value;
    }

    /** The role's name in PostgreSQL. */
    public String roleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role whose name in PostgreSQL this is. */
    public static DatabaseRole of(String roleName) {
        return valueOf(roleName.toUpperCase(Locale.ROOT));
    }

    String setting() {
        return setting;
    }

    String value() {
        return value;
    }

    /**
     * Whether the role writes records or state. Such transactions last a second at most, idle included, so
     * that the log can be ordered two seconds behind the present.
     */
    boolean writes() {
        return this == APP || this == LEDGER_WRITER || this == SEQUENCER;
    }
}
