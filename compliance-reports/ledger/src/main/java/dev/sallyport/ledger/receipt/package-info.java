/**
 * Receipts: a node's receipt key and its certificates, the signing of a flush while it commits, what whoever sequences
 * certifies, and what is published of it. Nothing here knows the ledger that uses it.
 */
@NullMarked
package dev.sallyport.ledger.receipt;

import org.jspecify.annotations.NullMarked;
