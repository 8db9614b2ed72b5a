package dev.sallyport.benchmarks;

import dev.sallyport.ledger.AppendResult;
import dev.sallyport.ledger.FlushListener;
import dev.sallyport.policy.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * The writer of records alone, on a fresh embedded Postgres: records of a usual answer, each with a charge, made durable
 * a second, and what one costs in CPU; then the time to a durable record when nothing else is written.
 */
final class WriterRate {
    private static final int ROUNDS = 12;
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int ALONE = 2_000;
    private static final List<TenantId> TENANTS = List.of(new TenantId("first"), new TenantId("second"));

    private final FreshLedger fresh;
    private final UsualAnswer usual;
    private final int outstanding;

    private WriterRate(FreshLedger fresh, int outstanding) {
        this.fresh = fresh;
        this.usual = new UsualAnswer(fresh.ledger());
        this.outstanding = outstanding;
    }

    /**
     * Prints a line a round. The first warm up, and until the write-ahead log is used over again, which begins when it
     * has grown to its limit, the kernel fills new files of it, so that the last rounds count.
     *
     * @param args an empty directory, which is left as it is afterwards; how many records are under way at a time
     */
    public static void main(String[] args) throws Exception {
        try (FreshLedger fresh = FreshLedger.open(Path.of(args[0]), FlushListener.NONE)) {
            new WriterRate(fresh, Integer.parseInt(args[1])).run();
        }
    }

    private void run() throws InterruptedException {
        TENANTS.forEach(fresh::create);
        for (int round = 0; round < ROUNDS; round++) {
            round();
        }
        alone();
    }

    private void round() throws InterruptedException {
        Semaphore room = new Semaphore(outstanding);
        AtomicBoolean over = new AtomicBoolean();
        LongAdder done = new LongAdder();
        List<Thread> callers = new ArrayList<>();
        for (TenantId tenant : TENANTS) {
            callers.add(Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    room.acquireUninterruptibly();
                    usual.append(tenant).whenComplete((result, failure) -> {
                        room.release();
                        if (result instanceof AppendResult.Committed) {
                            done.increment();
                        }
                    });
                }
            }));
        }
        long began = System.nanoTime();
        double ours = cpuMicros(ProcessHandle.current());
        double theirs = postgresMicros();
        Thread.sleep(ROUND);
        double count = done.sum();
        System.out.printf(
                "%,.0f records/s; CPU a record: %.1f µs here, %.1f µs in Postgres%n",
                count * 1e9 / (System.nanoTime() - began),
                (cpuMicros(ProcessHandle.current()) - ours) / count,
                (postgresMicros() - theirs) / count);
        over.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        // What is outstanding ends before the next round, so that none of it counts there.
        room.acquireUninterruptibly(outstanding);
    }

    private void alone() {
        long[] micros = new long[ALONE];
        for (int i = 0; i < ALONE; i++) {
            long began = System.nanoTime();
            usual.append(TENANTS.getFirst()).toCompletableFuture().join();
            micros[i] = (System.nanoTime() - began) / 1_000;
        }
        Arrays.sort(micros);
        System.out.printf("one at a time: median %d µs, p99 %d µs%n", micros[ALONE / 2], micros[ALONE * 99 / 100]);
    }

    private double postgresMicros() {
        return fresh.postgres().descendants().mapToDouble(WriterRate::cpuMicros).sum();
    }

    private static double cpuMicros(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1_000.0;
    }
}
