/**
 * The tree side of the log: the sequencer, which gives every record its place in its tenant's tree and signs what has
 * come of it; the log's keys; reading what is signed, and proofs of it; the witness. {@code Ledger} opens it;
 * {@link dev.sallyport.ledger.tree.TransparencyLog} is what others use. {@code docs/log-format.md} is the
 * specification of what is signed.
 */
@NullMarked
package dev.sallyport.ledger.tree;

import org.jspecify.annotations.NullMarked;
