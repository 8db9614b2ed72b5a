package dev.sallyport.benchmarks;

import dev.sallyport.ledger.AppendResult;
import dev.sallyport.ledger.FlushListener;
import dev.sallyport.policy.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How long an answer waits for its record, and its receipt, at a steady rate: records of usual answers come by chance
 * (exponential pauses), whatever becomes of those before them, on a fresh embedded Postgres.
 */
final class WriterDelay {
    private static final int ROUNDS = 6;
    private static final int SECONDS = 5;
    private static final int SEED = 1;
    private static final TenantId TENANT = new TenantId("first");

    private final UsualAnswer usual;
    private final int rate;
    private final Random random = new Random(SEED);

    private WriterDelay(FreshLedger fresh, int rate) {
        this.usual = new UsualAnswer(fresh.ledger());
        this.rate = rate;
        fresh.create(TENANT);
    }

    /**
     * Prints a line a round, of which the first warm up.
     *
     * @param args an empty directory, which is left as it is afterwards; records a second
     */
    public static void main(String[] args) throws Exception {
        try (FreshLedger fresh = FreshLedger.open(Path.of(args[0]), FlushListener.NONE)) {
            var delay = new WriterDelay(fresh, Integer.parseInt(args[1]));
            for (int round = 0; round < ROUNDS; round++) {
                delay.round();
            }
        }
    }

    private void round() {
        int count = rate * SECONDS;
        long[] micros = new long[count];
        AtomicInteger committed = new AtomicInteger();
        Semaphore ended = new Semaphore(0);
        long began = System.nanoTime();
        double due = began;
        for (int i = 0; i < count; i++) {
            due += -Math.log(1 - random.nextDouble()) * Duration.ofSeconds(1).toNanos() / rate;
            waitUntil((long) due);
            int place = i;
            // from when it was due, so that what this thread is late by counts too
            long asked = (long) due;
            usual.append(TENANT).whenComplete((result, failure) -> {
                micros[place] = (System.nanoTime() - asked) / 1_000;
                if (result instanceof AppendResult.Committed) {
                    committed.incrementAndGet();
                }
                ended.release();
            });
        }
        ended.acquireUninterruptibly(count);
        double took = (System.nanoTime() - began) / 1e9;
        Arrays.sort(micros);
        System.out.printf(
                "%,.0f records/s, %,d of %,d committed: median %,d µs, p99 %,d µs%n",
                count / took, committed.get(), count, micros[count / 2], micros[count * 99 / 100]);
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
