/**
 * Receipts: the service's signed word that a record is committed and will be in its tenant's log, one signature for
 * a whole flush, and the certificates of the nodes' receipt keys. The gateway issues them, callers and verifiers check
 * them. {@code docs/log-format.md} is the specification.
 */
@NullMarked
package dev.sallyport.format.receipt;

import org.jspecify.annotations.NullMarked;
