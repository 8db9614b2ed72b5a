package dev.sallyport.torture;

/** What is hit. */
enum Target {
    /** The process of one server. */
    SERVER,
    /** PostgreSQL's first process; the others follow it by themselves. */
    POSTMASTER,
    /** The PostgreSQL process that serves the flush's connection. */
    BACKEND,
    /** A server and the postmaster. */
    BOTH,
    /** Every server and every process of PostgreSQL. */
    ALL;

    boolean hasServer() {
        return this == SERVER || this == BOTH || this == ALL;
    }

    boolean hasPostmaster() {
        return this == POSTMASTER || this == BOTH || this == ALL;
    }
}
