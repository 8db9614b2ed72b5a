package dev.sallyport.benchmarks;

import dev.sallyport.format.Ulid;
import dev.sallyport.ledger.FlushListener;
import dev.sallyport.ledger.tree.TransparencyLog;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.policy.TenantId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the log costs at two sizes of one tenant's tree, on a fresh embedded Postgres: giving a record its index while
 * there is a backlog, a round with one record and its signed checkpoint, and the proof of a record by chance. The
 * records are empty: they are the writer's cost.
 */
final class TreeCost implements FlushListener {
    private static final TenantId TENANT = new TenantId("first");
    private static final int PIECE = 10_000;
    private static final int BACKLOG = 100_000;
    private static final int PROOFS = 2_000;
    private static final int ROUNDS = 40;

    /** Digits of base 16 are digits of a ULID's base 32. */
    private static final String INSERT = """
            INSERT INTO records (tenant, id, retention_class, recorded_at, digest, record)
            SELECT ?, ? || lpad(upper(to_hex(n)), 16, '0'), 'standard', to_timestamp(? / 1000.0),
                   sha256(int8send(n)), '' FROM generate_series(?::bigint, ?::bigint) n""";

    private final AtomicLong roundNanos = new AtomicLong();
    private final AtomicLong rounds = new AtomicLong();
    private final Random random = new Random(1);

    @Override
    public void round(int records, Duration took) {
        roundNanos.addAndGet(took.toNanos());
        rounds.incrementAndGet();
    }

    /**
     * Prints a line a size.
     *
     * @param args an empty directory, which is left as it is afterwards; the smaller and the larger size in records
     */
    public static void main(String[] args) throws Exception {
        var cost = new TreeCost();
        try (FreshLedger fresh = FreshLedger.open(Path.of(args[0]), cost);
                Connection writer = fresh.as(DatabaseRole.LEDGER_WRITER)) {
            TransparencyLog log = fresh.ledger().log();
            cost.warmUp(log, writer);
            System.out.println(cost.measure(log, writer, Long.parseLong(args[1])));
            System.out.println(cost.measure(log, writer, Long.parseLong(args[2])));
        }
    }

    private void warmUp(TransparencyLog log, Connection writer) throws Exception {
        System.out.println("warming up: " + measure(log, writer, 0));
    }

    /** Leaves the tree larger by what it was measured with. */
    private String measure(TransparencyLog log, Connection writer, long wanted) throws Exception {
        fill(log, writer, wanted);
        long size = size(log);
        long nanos = roundNanos.get();
        String last = add(writer, size, BACKLOG);
        await(log, size + BACKLOG);
        double append = (roundNanos.get() - nanos) / 1_000.0 / BACKLOG;
        proofs(log, last, PROOFS / 10);
        double proof = proofs(log, last, PROOFS);
        nanos = roundNanos.get();
        long made = rounds.get();
        for (int i = 0; i < ROUNDS; i++) {
            add(writer, size + BACKLOG + i, 1);
            await(log, size + BACKLOG + i + 1);
        }
        double checkpoint = (roundNanos.get() - nanos) / 1_000.0 / (rounds.get() - made);
        return String.format(
                Locale.ROOT,
                "%,d records: append %.1f µs a record, proof %.0f µs (median), round with its checkpoint %.0f µs",
                size,
                append,
                proof,
                checkpoint);
    }

    private void fill(TransparencyLog log, Connection writer, long size) throws Exception {
        for (long at = size(log); at < size; at = size(log)) {
            long next = Math.min(size, at + 20L * BACKLOG);
            add(writer, at, next - at);
            await(log, next);
        }
    }

    /** Returns what the ids of the last piece begin with. */
    private static String add(Connection writer, long from, long count) throws SQLException {
        String prefix = "";
        for (long at = from; at < from + count; at += PIECE) {
            long millis = Instant.now().toEpochMilli();
            prefix = new Ulid.Factory(() -> Instant.ofEpochMilli(millis), new Random())
                    .next()
                    .toString()
                    .substring(0, 10);
            try (PreparedStatement insert = writer.prepareStatement(INSERT)) {
                insert.setString(1, TENANT.value());
                insert.setString(2, prefix);
                insert.setLong(3, millis);
                insert.setLong(4, at);
                insert.setLong(5, Math.min(from + count, at + PIECE) - 1);
                insert.executeUpdate();
            }
        }
        return prefix;
    }

    private static void await(TransparencyLog log, long size) throws InterruptedException {
        while (size(log) < size) {
            Thread.sleep(20);
        }
    }

    private static long size(TransparencyLog log) {
        return log.latest(TENANT).map(signed -> signed.leaf().head().size()).orElse(0L);
    }

    private double proofs(TransparencyLog log, String prefix, int count) {
        long size = size(log);
        long[] micros = new long[count];
        for (int i = 0; i < count; i++) {
            // Of the last piece of the backlog, whose ids begin alike.
            String id = prefix + "%016X".formatted(size - 1 - random.nextInt(PIECE));
            long began = System.nanoTime();
            boolean proven = log.proof(TENANT, id).isPresent();
            micros[i] = (System.nanoTime() - began) / 1_000;
            if (!proven) {
                throw new IllegalStateException("record " + id + " is not in the log");
            }
        }
        Arrays.sort(micros);
        return micros[count / 2];
    }
}
