package dev.sallyport.ledger.tree;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.CheckpointVerdict;
import dev.sallyport.format.log.RoundEntry;
import dev.sallyport.format.log.RoundLeaf;
import dev.sallyport.format.log.RoundTree;
import dev.sallyport.format.log.VerifierKey;
import dev.sallyport.format.merkle.CompactRange;
import dev.sallyport.format.merkle.ConsistencyProof;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.InclusionProof;
import dev.sallyport.format.merkle.TreeHead;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What this process knows was signed: it is compared with the database before each round, so that nothing is signed
 * that does not continue it. Used by one thread.
 */
final class Signed {
    private static final String TREES = "SELECT tenant, size, root, state FROM trees";

    private TreeHead platform;
    private byte[] checkpoint = new byte[0];
    private boolean known;
    private final NavigableMap<String, TreeHead> tenants = new TreeMap<>();

    /**
     * Begins.
     *
     * @param witnessed the platform log as it is known from outside the database; empty where nobody saw it
     */
    Signed(TreeHead witnessed) {
        platform = witnessed;
    }

    /** Returns the tenants' trees, in the order of a round. */
    NavigableMap<String, TreeHead> tenants() {
        return tenants;
    }

    TreeHead platform() {
        return platform;
    }

    byte[] checkpoint() {
        return checkpoint.clone();
    }

    /** Remembers what a round has committed. */
    void committed(TreeHead head, byte[] note, Collection<GrowingTree> grown) {
        platform = head;
        checkpoint = note;
        grown.forEach(tree -> tenants.put(tree.name(), tree.head()));
    }

    /**
     * Compares what is remembered with the database, and takes up what another node has signed meanwhile.
     *
     * @param keys all keys that the log has or had
     * @throws LogException if the database does not continue what is remembered
     */
    void check(Sql sql, LogState state, List<VerifierKey> keys) throws SQLException {
        if (known && state.rounds() == platform.size()) {
            if (!Arrays.equals(state.checkpoint(), checkpoint)) {
                throw LogException.refused("the log's checkpoint is not the one that was signed");
            }
            return;
        }
        if (state.rounds() < platform.size()) {
            throw LogException.refused("the log has " + state.rounds() + " rounds, and " + platform.size()
                    + " were signed: an older state was put back");
        }
        takeUp(sql, state, keys);
    }

    private void takeUp(Sql sql, LogState state, List<VerifierKey> keys) throws SQLException {
        TreeHead head = signedHead(state, keys);
        ConsistencyProof proof =
                ConsistencyProof.of(platform.size(), head.size(), new StoredTree(sql, "", head.size()));
        if (!proof.verify(platform, head).holds()) {
            throw LogException.refused("the platform log does not continue what was signed");
        }
        readTrees(sql, head);
        if (head.size() > 0) {
            checkLastRound(sql, head);
        }
        platform = head;
        checkpoint = state.checkpoint();
        known = true;
    }

    private static TreeHead signedHead(LogState state, List<VerifierKey> keys) {
        if (state.rounds() == 0 && state.checkpoint().length == 0) {
            return TreeHead.EMPTY;
        }
        if (Checkpoint.verify(state.checkpoint(), keys) instanceof CheckpointVerdict.Valid(Checkpoint valid, var by)
                && valid.origin().equals(state.origin())
                && valid.head().size() == state.rounds()) {
            return valid.head();
        }
        throw LogException.refused(
                "the log's checkpoint is not signed by a key of the log for its " + state.rounds() + " rounds");
    }

    private void readTrees(Sql sql, TreeHead signed) throws SQLException {
        tenants.clear();
        for (StoredState tree : StoredState.read(sql, TREES)) {
            if (!tree.name().isEmpty()) {
                tenants.put(tree.name(), tree.head());
            } else if (!tree.head().equals(signed)) {
                throw LogException.refused("the platform log's state is not what was signed");
            }
        }
    }

    /** The last round binds the tenants' trees, and is the platform log's last leaf. */
    private void checkLastRound(Sql sql, TreeHead head) throws SQLException {
        long last = head.size() - 1;
        RoundEntry entry = new LogEntries(sql).rounds(last, last + 1).getFirst();
        boolean signed = InclusionProof.of(last, head.size(), new StoredTree(sql, "", head.size()))
                .verify(entry.leaf(), head)
                .holds();
        if (!signed
                || !new RoundTree(leaves(tenants))
                        .entry(last, entry.sequencedAt())
                        .equals(entry)) {
            throw LogException.refused("the tenants' trees are not those of the last round that was signed");
        }
    }

    /** Returns the leaves of a round over these trees. */
    static List<RoundLeaf> leaves(NavigableMap<String, TreeHead> trees) {
        return trees.entrySet().stream()
                .map(tree -> new RoundLeaf(tree.getKey(), tree.getValue()))
                .toList();
    }

    /**
     * A tree's row.
     *
     * @param name the tenant, or the empty text for the platform log
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record StoredState(String name, TreeHead head, byte[] state) {
        /** @throws LogException if size and root are not those of the state */
        static List<StoredState> read(Sql sql, String query, Object... parameters) throws SQLException {
            List<StoredState> trees = sql.list(
                    query,
                    row -> new StoredState(
                            row.getString(1), new TreeHead(row.getLong(2), Hash.of(row.getBytes(3))), row.getBytes(4)),
                    parameters);
            for (StoredState tree : trees) {
                try {
                    if (CompactRange.parse(tree.state).head().equals(tree.head)) {
                        continue;
                    }
                } catch (FormatException e) {
                    throw damaged(tree.name);
                }
                throw damaged(tree.name);
            }
            return trees;
        }

        static LogException damaged(String tree) {
            return LogException.refused("the state of " + LogEntries.name(tree) + " is not what was written");
        }
    }
}
