package dev.sallyport.ledger.tree;

import dev.sallyport.format.Envelope;
import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.LogSigner;
import dev.sallyport.format.log.RoundEntry;
import dev.sallyport.format.log.RoundTree;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.TreeHead;
import dev.sallyport.ledger.tree.Signed.StoredState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One round: appends what is new to the tenants' trees and an entry to the platform log, and signs that. */
final class Round {
    private static final String TREES = "SELECT tenant, size, root, state FROM trees WHERE tenant = ANY (?)";
    private static final String SAVE = """
            INSERT INTO trees AS t (tenant, size, root, state) \
            SELECT * FROM UNNEST(?::text[], ?::bigint[], ?::bytea[], ?::bytea[]) \
            ON CONFLICT (tenant) DO UPDATE SET size = excluded.size, root = excluded.root, state = excluded.state""";
    private static final String ENTRY = "INSERT INTO rounds (index, sequenced_at, tenants, root) VALUES (?, ?, ?, ?)";
    private static final String SIGN = """
            UPDATE log_state SET rounds = ?, sequenced_at = ?, checkpoint = ?""";

    private final Sql sql;
    private final Signed signed;
    private final long index;
    private final long sequencedAt;

    /**
     * What a round has made; it counts once its transaction is committed.
     *
     * @param platform the platform log
     * @param note what was signed
     * @param grown the tenants' trees that have grown
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Made(TreeHead platform, byte[] note, Collection<GrowingTree> grown) {}

    /**
     * Begins a round.
     *
     * @param index its index in the platform log
     * @param sequencedAt its time, µs, not below the round's before it
     */
    Round(Sql sql, Signed signed, long index, long sequencedAt) {
        this.sql = sql;
        this.signed = signed;
        this.index = index;
        this.sequencedAt = sequencedAt;
    }

    Made make(List<Arrivals.Row> rows, String origin, List<LogSigner> signers) throws SQLException {
        Map<String, GrowingTree> grown =
                take(rows.stream().map(Arrivals.Row::tenant).distinct().toList());
        var runs = new RunRows(index, sequencedAt);
        for (Arrivals.Row row : rows) {
            GrowingTree tree = grown.get(row.tenant());
            if (tree == null) {
                throw new IllegalStateException("every tenant of the batch was taken up");
            }
            String digest = HexFormat.of().formatHex(row.digest());
            tree.append(Hash.leaf(new Envelope(tree.size(), sequencedAt, digest).encode()));
            runs.add(tree, row);
        }
        GrowingTree platform = platform();
        RoundEntry entry = entry(grown.values());
        platform.append(entry.leaf());
        runs.write(sql);
        var all = new ArrayList<>(grown.values());
        all.add(platform);
        writeTiles(all);
        writeTrees(all);
        byte[] note = new Checkpoint(origin, platform.head()).sign(signers).encode();
        sql.update(
                ENTRY, entry.index(), sequencedAt, entry.tenants(), entry.root().bytes());
        sql.update(SIGN, platform.size(), sequencedAt, note);
        return new Made(platform.head(), note, grown.values());
    }

    private Map<String, GrowingTree> take(List<String> tenants) throws SQLException {
        var grown = new LinkedHashMap<String, GrowingTree>();
        for (StoredState tree : StoredState.read(sql, TREES, (Object) tenants.toArray(String[]::new))) {
            requireSigned(tree, signed.tenants().getOrDefault(tree.name(), TreeHead.EMPTY));
            grown.put(tree.name(), new GrowingTree(tree.name(), tree.state()));
        }
        for (String tenant : tenants) {
            if (!grown.containsKey(tenant)) {
                if (signed.tenants().containsKey(tenant)) {
                    throw StoredState.damaged(tenant);
                }
                grown.put(tenant, new GrowingTree(tenant, new byte[Long.BYTES]));
            }
        }
        return grown;
    }

    private GrowingTree platform() throws SQLException {
        StoredState tree = StoredState.read(sql, TREES, (Object) new String[] {""}).stream()
                .findFirst()
                .orElseThrow(() -> StoredState.damaged(""));
        requireSigned(tree, signed.platform());
        return new GrowingTree("", tree.state());
    }

    private static void requireSigned(StoredState tree, TreeHead head) {
        if (!tree.head().equals(head)) {
            throw StoredState.damaged(tree.name());
        }
    }

    private RoundEntry entry(Collection<GrowingTree> grown) {
        var after = new TreeMap<>(signed.tenants());
        grown.forEach(tree -> after.put(tree.name(), tree.head()));
        return new RoundTree(Signed.leaves(after)).entry(index, sequencedAt);
    }

    private void writeTiles(List<GrowingTree> trees) throws SQLException {
        var tiles = new TileRows();
        var entries = new LogEntries(sql);
        for (GrowingTree tree : trees) {
            tree.tiles(entries.leaves(tree.name(), tree.wanted(), tree.before()), tiles);
        }
        tiles.write(sql);
    }

    private void writeTrees(List<GrowingTree> trees) throws SQLException {
        sql.update(
                SAVE,
                trees.stream().map(GrowingTree::name).toArray(String[]::new),
                trees.stream().map(GrowingTree::size).toArray(Long[]::new),
                trees.stream().map(tree -> tree.head().root().bytes()).toArray(byte[][]::new),
                trees.stream().map(GrowingTree::state).toArray(byte[][]::new));
    }
}
