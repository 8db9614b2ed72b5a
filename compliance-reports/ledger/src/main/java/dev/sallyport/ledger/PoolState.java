package dev.sallyport.ledger;

import java.time.Duration;

/**
 * How the connections of one role are.
 *
 * @param active connections that are lent now
 * @param idle connections that are not
 * @param waiting threads that wait for one now
 * @param limit connections that there may be
 * @param lent how often one was lent since the ledger was opened
 * @param waited for how long altogether those had waited who got one
 * @param timeouts how often none came in time
 */
public record PoolState(int active, int idle, int waiting, int limit, long lent, Duration waited, long timeouts) {}
