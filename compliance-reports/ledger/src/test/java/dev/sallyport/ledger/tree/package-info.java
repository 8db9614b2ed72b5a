/** Tests of the log, on the embedded Postgres. */
@NullMarked
package dev.sallyport.ledger.tree;

import org.jspecify.annotations.NullMarked;
