/**
 * The durable core: records and charges written in one commit for many calls, behind the fence; tenant-scoped transactions; the reading of records; the key hierarchy. The
 * server's gateway, administration and reports use it through {@link dev.sallyport.ledger.Ledger}; everything else
 * here is package-private.
 */
@NullMarked
package dev.sallyport.ledger;

import org.jspecify.annotations.NullMarked;
