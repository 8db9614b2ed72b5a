package dev.sallyport.benchmarks;

import dev.sallyport.ledger.FlushListener;
import dev.sallyport.policy.TenantId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * How many bytes an answer takes on the disk, on a fresh embedded Postgres: the write-ahead log at flushes of three
 * sizes, and then each store of the ledger, over all answers of the run.
 */
final class RecordBytes {
    private static final TenantId TENANT = new TenantId("first");

    /** Relations by the store that they belong to; what is left over is empty or of a fixed size. */
    private static final String STORES = """
            SELECT store, sum(bytes) FROM (
                SELECT CASE WHEN c.relkind = 'i' AND t.relname LIKE 'records%' AND c.relname LIKE '%xid%'
                                THEN 'records: index of transactions'
                            WHEN c.relkind = 'i' AND t.relname LIKE 'records%' THEN 'records: primary key'
                            WHEN t.relname LIKE 'records%' THEN 'records: rows'
                            WHEN t.relname = 'entry_runs' THEN 'log: entries, their index included'
                            WHEN t.relname = 'tiles' THEN 'log: tiles, their index included'
                            WHEN t.relname IN ('rounds', 'trees', 'log_state') THEN 'log: rounds and trees'
                            WHEN t.relname = 'flushes' THEN 'flush ids, kept for a day'
                            ELSE 'everything else' END AS store,
                       pg_relation_size(c.oid)
                           + coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0) AS bytes
                FROM pg_class c LEFT JOIN pg_index x ON x.indexrelid = c.oid JOIN pg_class t ON t.oid = coalesce(x.indrelid, c.oid)
                WHERE c.relkind IN ('r', 'i') AND c.relnamespace = current_schema()::regnamespace) sizes
            GROUP BY store ORDER BY store""";

    private final UsualAnswer usual;
    private final Connection owner;

    private RecordBytes(UsualAnswer usual, Connection owner) {
        this.usual = usual;
        this.owner = owner;
    }

    /**
     * Prints a line a figure.
     *
     * @param args an empty directory, which is left as it is afterwards; how many answers, a multiple of three
     */
    public static void main(String[] args) throws Exception {
        try (FreshLedger fresh = FreshLedger.open(Path.of(args[0]), FlushListener.NONE);
                Connection owner = fresh.owner()) {
            fresh.create(TENANT);
            var bytes = new RecordBytes(new UsualAnswer(fresh.ledger()), owner);
            int answers = Integer.parseInt(args[1]);
            for (int outstanding : new int[] {1, 16, 256}) {
                bytes.write(answers / 3, outstanding);
            }
            while (fresh.ledger()
                            .log()
                            .latest(TENANT)
                            .map(log -> log.leaf().head().size())
                            .orElse(0L)
                    < answers) {
                Thread.sleep(100);
            }
            bytes.stores(answers);
        }
    }

    private void write(int count, int outstanding) throws SQLException {
        long flushes = number("SELECT count(*) FROM flushes");
        long began = number("SELECT pg_current_wal_lsn() - '0/0'");
        Semaphore room = new Semaphore(outstanding);
        for (int i = 0; i < count; i++) {
            room.acquireUninterruptibly();
            usual.append(TENANT).whenComplete((result, failure) -> room.release());
        }
        room.acquireUninterruptibly(outstanding);
        double written = number("SELECT pg_current_wal_lsn() - '0/0'") - began;
        System.out.printf(
                Locale.ROOT,
                "%d at a time, %.1f records a flush: %.0f bytes of write-ahead log an answer%n",
                outstanding,
                (double) count / (number("SELECT count(*) FROM flushes") - flushes),
                written / count);
    }

    private void stores(int answers) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(STORES)) {
            while (row.next()) {
                System.out.printf(
                        Locale.ROOT, "%s: %.1f bytes an answer%n", row.getString(1), row.getDouble(2) / answers);
            }
        }
    }

    private long number(String query) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
