package dev.sallyport.ledger.tree;

import dev.sallyport.format.log.RoundLeaf;
import dev.sallyport.format.log.TenantCheckpoint;
import dev.sallyport.format.merkle.ConsistencyProof;
import java.util.List;

/**
 * What shows that the entries of a tenant's log from one index up to another are those that were signed, all of them
 * and in order: appending them to {@code left} gives the tree of size {@code to}, which {@code right} shows to be the
 * beginning of the one in {@code checkpoint}.
 *
 * @param from the first index
 * @param to after the last, at most the checkpoint's size
 * @param left the state of the tree of size {@code from} (docs/log-format.md); copied
 * @param right the proof that the checkpoint's tree continues the one of size {@code to}
 * @param checkpoint the tenant's tree as signed
 * @param round all leaves of the checkpoint's round; copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LogRange(
        long from, long to, byte[] left, ConsistencyProof right, TenantCheckpoint checkpoint, List<RoundLeaf> round) {
    /** Copies the state and the leaves. */
    public LogRange {
        left = left.clone();
        round = List.copyOf(round);
    }

    @Override
    public byte[] left() {
        return left.clone();
    }
}
