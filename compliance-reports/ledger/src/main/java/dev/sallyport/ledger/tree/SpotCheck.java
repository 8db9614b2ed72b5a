package dev.sallyport.ledger.tree;

import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.InclusionProof;
import dev.sallyport.format.merkle.TreeHead;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Looks at a bit of what is stored before each round: one tenant's tree after the other, and the platform log, each at
 * an entry by chance. So entries and tiles that were changed are noticed sooner or later, also where nobody asks for a
 * proof; what a round builds on is checked by the round. Used by one thread.
 */
final class SpotCheck {
    private final RandomGenerator random;
    private String last = "";

    SpotCheck(RandomGenerator random) {
        this.random = random;
    }

    /** @throws LogException if an entry does not lead to what was signed */
    void run(Sql sql, Signed signed) throws SQLException {
        check(sql, "", signed.platform());
        Map.Entry<String, TreeHead> next = signed.tenants().higherEntry(last);
        last = next == null ? "" : next.getKey();
        if (next != null) {
            check(sql, next.getKey(), next.getValue());
        }
    }

    private void check(Sql sql, String tree, TreeHead head) throws SQLException {
        if (head.size() == 0) {
            return;
        }
        long index = random.nextLong(head.size());
        List<Hash> leaf = new LogEntries(sql).leaves(tree, index, index + 1);
        InclusionProof proof = InclusionProof.of(index, head.size(), new StoredTree(sql, tree, head.size()));
        if (!proof.verify(leaf.getFirst(), head).holds()) {
            throw LogException.refused(
                    "entry " + index + " of " + LogEntries.name(tree) + " does not lead to what was signed");
        }
    }
}
