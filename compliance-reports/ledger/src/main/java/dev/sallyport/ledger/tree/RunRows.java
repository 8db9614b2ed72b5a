package dev.sallyport.ledger.tree;

import dev.sallyport.format.merkle.TreeHead;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs of entries that a round writes: each tenant's in pieces of at most {@value #LONGEST}, so that finding one
 * record reads little.
 */
final class RunRows {
    static final int LONGEST = 512;

    private static final String INSERT = """
            INSERT INTO entry_runs (tenant, first_index, count, round, sequenced_at, earliest, latest, ids, digests, root) \
            SELECT r.tenant, r.first, r.count, ?, ?, r.earliest, r.latest, string_to_array(r.ids, ' '), r.digests, r.root \
            FROM UNNEST(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::bytea[], ?::bytea[]) \
            AS r (tenant, first, count, earliest, latest, ids, digests, root)""";

    private final long round;
    private final long sequencedAt;
    private final List<Run> runs = new ArrayList<>();
    private final Map<String, Run> open = new HashMap<>();

    private static final class Run {
        final GrowingTree tree;
        final long first;
        final List<String> ids = new ArrayList<>();
        final ByteArrayOutputStream digests = new ByteArrayOutputStream();
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        TreeHead head = TreeHead.EMPTY;

        Run(GrowingTree tree) {
            this.tree = tree;
            this.first = tree.size() - 1;
        }
    }

    RunRows(long round, long sequencedAt) {
        this.round = round;
        this.sequencedAt = sequencedAt;
    }

    /** Adds the record that the tree was given last. */
    void add(GrowingTree tree, Arrivals.Row row) {
        Run run = open.computeIfAbsent(row.tenant(), tenant -> begin(tree));
        run.ids.add(row.id());
        run.digests.writeBytes(row.digest());
        run.earliest = Math.min(run.earliest, row.at().toEpochMilli());
        run.latest = Math.max(run.latest, row.at().toEpochMilli());
        if (run.ids.size() == LONGEST) {
            run.head = tree.head();
            open.remove(row.tenant());
        }
    }

    private Run begin(GrowingTree tree) {
        var run = new Run(tree);
        runs.add(run);
        return run;
    }

    void write(Sql sql) throws SQLException {
        open.values().forEach(run -> run.head = run.tree.head());
        if (runs.isEmpty()) {
            return;
        }
        sql.update(
                INSERT,
                round,
                sequencedAt,
                runs.stream().map(run -> run.tree.name()).toArray(String[]::new),
                runs.stream().map(run -> run.first).toArray(Long[]::new),
                runs.stream().map(run -> (long) run.ids.size()).toArray(Long[]::new),
                runs.stream().map(run -> run.earliest).toArray(Long[]::new),
                runs.stream().map(run -> run.latest).toArray(Long[]::new),
                runs.stream().map(run -> String.join(" ", run.ids)).toArray(String[]::new),
                runs.stream().map(run -> run.digests.toByteArray()).toArray(byte[][]::new),
                runs.stream().map(run -> run.head.root().bytes()).toArray(byte[][]::new));
    }
}
