/** Tests of the durable core; those that end in IT run against a real Postgres. */
@NullMarked
package dev.sallyport.ledger;

import org.jspecify.annotations.NullMarked;
