package dev.sallyport.ledger;

import java.time.Duration;

/**
 * How the ledger is.
 *
 * @param recording whether it can record now: a flush or a probe succeeded within two seconds, the generation is not
 *     retired, and it is not closed
 * @param sinceFlush how long ago that was
 * @param waiting how many records wait
 * @param generation the node's generation
 * @param retired whether another node has taken over: this one never records again
 * @param certified whether a certificate covers the receipts that are given now: without one nobody could check them
 * @param clockAhead how far the node's clock is ahead of the database's
 */
public record Health(
        boolean recording,
        Duration sinceFlush,
        int waiting,
        long generation,
        boolean retired,
        boolean certified,
        Duration clockAhead) {}
