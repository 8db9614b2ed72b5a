package dev.sallyport.ledger;

import java.time.Duration;

/**
 * How the connections of one role are.
 *
 * @param active connections that are lent now
 * @param idle connections that are not
 * @param waiting threads that wait for one now
 * @param limit connections that there may be
 * @param waits how often one was asked for since the ledger was opened, and lent or not in time
 * @param waited for how long altogether
 * @param timeouts how many of them ended without one
 */
public record PoolState(int active, int idle, int waiting, int limit, long waits, Duration waited, long timeouts) {}
