package dev.sallyport.ledger.tree;

import dev.sallyport.format.log.RoundEntry;
import dev.sallyport.format.log.RoundLeaf;
import dev.sallyport.format.log.RoundTree;
import dev.sallyport.format.log.SignedNote;
import dev.sallyport.format.log.TenantCheckpoint;
import dev.sallyport.format.log.TenantVerdict;
import dev.sallyport.format.merkle.InclusionProof;
import dev.sallyport.format.merkle.TreeHead;
import dev.sallyport.policy.TenantId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last round with all its leaves, and what was signed of it. It is read once a round, however many ask, since it
 * has a leaf for each tenant.
 */
final class LastRound {
    private static final String TREES =
            "SELECT tenant, size, root, state FROM trees WHERE tenant <> '' ORDER BY tenant";

    private final byte[] note;
    private final RoundEntry entry;
    private final List<RoundLeaf> leaves;
    private final RoundTree tree;
    private final InclusionProof inLog;
    private final List<PublishedLogKey> keys;
    private final Map<String, RoundLeaf> byTenant = new HashMap<>();
    private final Map<RoundLeaf, TenantCheckpoint> verified = new ConcurrentHashMap<>();

    private LastRound(
            byte[] note, RoundEntry entry, List<RoundLeaf> leaves, InclusionProof inLog, List<PublishedLogKey> keys) {
        this.note = note;
        this.entry = entry;
        this.leaves = leaves;
        this.tree = new RoundTree(leaves);
        this.inLog = inLog;
        this.keys = keys;
        leaves.forEach(leaf -> byTenant.put(leaf.tenant(), leaf));
    }

    /**
     * Reads it.
     *
     * @param sql of a snapshot that sees everybody's rows
     * @param state the log's, with at least one round
     * @throws LogException if what is stored is not what was signed
     */
    static LastRound read(Sql sql, LogState state) throws SQLException {
        long last = state.rounds() - 1;
        var leaves = new ArrayList<RoundLeaf>();
        for (Signed.StoredState tree : Signed.StoredState.read(sql, TREES)) {
            leaves.add(new RoundLeaf(tree.name(), tree.head()));
        }
        RoundEntry entry = new LogEntries(sql).rounds(last, last + 1).getFirst();
        InclusionProof inLog = InclusionProof.of(last, state.rounds(), new StoredTree(sql, "", state.rounds()));
        var round = new LastRound(state.checkpoint(), entry, leaves, inLog, LogKeys.published(sql));
        if (!round.tree.entry(last, entry.sequencedAt()).equals(entry)) {
            throw LogException.refused("the tenants' trees are not those of the last round");
        }
        return round;
    }

    long rounds() {
        return entry.index() + 1;
    }

    byte[] note() {
        return note.clone();
    }

    RoundEntry entry() {
        return entry;
    }

    List<RoundLeaf> leaves() {
        return leaves;
    }

    /** Returns the size and root of a tenant's tree, empty for a tenant that has none. */
    Optional<TreeHead> head(TenantId tenant) {
        return Optional.ofNullable(byTenant.get(tenant.value())).map(RoundLeaf::head);
    }

    /**
     * Returns a tenant's checkpoint.
     *
     * @throws LogException if it would not verify: what is stored is not what was signed
     */
    Optional<TenantCheckpoint> checkpoint(TenantId tenant) {
        return Optional.ofNullable(byTenant.get(tenant.value()))
                .map(leaf -> verified.computeIfAbsent(leaf, asked -> verified(tenant, asked)));
    }

    private TenantCheckpoint verified(TenantId tenant, RoundLeaf leaf) {
        var checkpoint =
                new TenantCheckpoint(leaf, tree.inclusion(tenant.value()), entry, inLog.path(), SignedNote.parse(note));
        TenantVerdict verdict = TenantCheckpoint.verify(
                checkpoint.encode(),
                tenant.value(),
                keys.stream().map(PublishedLogKey::key).toList());
        if (verdict instanceof TenantVerdict.Valid) {
            return checkpoint;
        }
        throw LogException.refused("the last round does not lead to the signed checkpoint: " + verdict);
    }
}
