package dev.sallyport.ledger.tree;

import dev.sallyport.format.Envelope;
import dev.sallyport.format.log.RoundEntry;
import dev.sallyport.format.merkle.Hash;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Reads the entries of trees: envelopes from the runs, and rounds. */
record LogEntries(Sql sql) {
    /** A run has at most {@link RunRows#LONGEST} entries, so it begins less than as many before what it holds. */
    private static final String RUNS = """
            SELECT greatest(e.first_index, w.first), e.sequenced_at, \
            substr(e.digests, (1 + 32 * (greatest(e.first_index, w.first) - e.first_index))::integer, \
            (32 * (least(e.first_index + e.count, w.last) - greatest(e.first_index, w.first)))::integer) \
            FROM (SELECT ?::text COLLATE "C" AS tenant, ?::bigint AS first, ?::bigint AS last) w \
            JOIN entry_runs e ON e.tenant = w.tenant AND e.first_index > w.first - 512 AND e.first_index < w.last \
            AND e.first_index + e.count > w.first \
            ORDER BY e.first_index""";

    private static final String ROUNDS = """
            SELECT index, sequenced_at, tenants, root FROM rounds WHERE index >= ? AND index < ? ORDER BY index""";

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Run(long first, long sequencedAt, byte[] digests) {}

    /**
     * Reads the entries of a tenant's log from one index up to, not including, another.
     *
     * @throws LogException if one is missing
     */
    List<Envelope> envelopes(String tenant, long from, long to) throws SQLException {
        if (from >= to) {
            return List.of();
        }
        var envelopes = new ArrayList<Envelope>();
        var runs = sql.list(RUNS, row -> new Run(row.getLong(1), row.getLong(2), row.getBytes(3)), tenant, from, to);
        for (Run run : runs) {
            for (int at = 0; at < run.digests.length; at += Hash.BYTES) {
                byte[] digest = Arrays.copyOfRange(run.digests, at, at + Hash.BYTES);
                long index = run.first + at / Hash.BYTES;
                requireNext(from + envelopes.size(), index, tenant);
                envelopes.add(
                        new Envelope(index, run.sequencedAt, HexFormat.of().formatHex(digest)));
            }
        }
        requireNext(from + envelopes.size(), to, tenant);
        return envelopes;
    }

    /**
     * Reads the platform log's entries from one index up to, not including, another.
     *
     * @throws LogException if one is missing
     */
    List<RoundEntry> rounds(long from, long to) throws SQLException {
        List<RoundEntry> rounds = sql.list(
                ROUNDS,
                row -> new RoundEntry(row.getLong(1), row.getLong(2), row.getLong(3), Hash.of(row.getBytes(4))),
                from,
                to);
        for (int i = 0; i < rounds.size(); i++) {
            requireNext(from + i, rounds.get(i).index(), "");
        }
        requireNext(from + rounds.size(), Math.max(from, to), "");
        return rounds;
    }

    /** Returns the leaves' hashes of a tree. */
    List<Hash> leaves(String tree, long from, long to) throws SQLException {
        return tree.isEmpty()
                ? rounds(from, to).stream().map(RoundEntry::leaf).toList()
                : envelopes(tree, from, to).stream()
                        .map(envelope -> Hash.leaf(envelope.encode()))
                        .toList();
    }

    private static void requireNext(long expected, long index, String tree) {
        if (index != expected) {
            throw LogException.refused("entry " + expected + " of " + name(tree) + " is not where it was written");
        }
    }

    /** Names a tree for the operator. */
    static String name(String tree) {
        return tree.isEmpty() ? "the platform log" : "the log of tenant " + tree;
    }
}
