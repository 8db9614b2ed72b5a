package dev.sallyport.ledger.tree;

import dev.sallyport.format.Envelope;
import dev.sallyport.format.log.TenantCheckpoint;
import dev.sallyport.format.merkle.InclusionProof;

/**
 * Shows that a record stands in its tenant's log as signed: {@code proof} leads from the leaf of {@code envelope} to
 * the size and root of {@code checkpoint}.
 *
 * @param envelope the entry, which has the record's index, digest and time of sequencing
 * @param proof the entry's path in the tenant's tree
 * @param checkpoint the tenant's tree as signed
 */
public record RecordProof(Envelope envelope, InclusionProof proof, TenantCheckpoint checkpoint) {}
