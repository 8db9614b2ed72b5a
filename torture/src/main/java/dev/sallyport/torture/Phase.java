package dev.sallyport.torture;

/** Where in the life of a flush or of a lease. */
enum Phase {
    /** A flush has begun and COMMIT is not sent yet. */
    BEFORE_COMMIT,
    /** COMMIT is sent and its answer has not come. */
    IN_COMMIT,
    /** COMMIT is acknowledged; the answers leave. */
    AFTER_COMMIT,
    /** A node takes back what another one has reserved and does not use any more. */
    LEASE_RECLAIM
}
