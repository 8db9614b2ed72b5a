package dev.sallyport.ledger;

import static dev.sallyport.ledger.LedgerFixture.ACME;
import static dev.sallyport.ledger.LedgerFixture.EURO;
import static dev.sallyport.ledger.LedgerFixture.FIRST;
import static dev.sallyport.ledger.LedgerFixture.KEY;
import static dev.sallyport.ledger.LedgerFixture.daily;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Facts;
import dev.sallyport.format.ModelRef;
import dev.sallyport.format.RecordBuilder;
import dev.sallyport.format.RecordKind;
import dev.sallyport.format.RuleRef;
import dev.sallyport.migrations.TestDatabase;
import dev.sallyport.policy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures the writer alone: records of a usual answer, each with one reservation, made durable a second; and what
 * encoding one costs. Run its {@code main}; it is no test.
 */
final class WriterRate {
    private static final int OUTSTANDING = 4_000;

    private WriterRate() {}

    /**
     * Prints three rounds.
     *
     * @param args none
     */
    public static void main(String[] args) throws Exception {
        encoding();
        try (var fixture = new LedgerFixture()) {
            for (int round = 0; round < 4; round++) {
                round(fixture, Duration.ofSeconds(5));
            }
            latency(fixture);
        }
        System.exit(0);
    }

    private static AuditRecord usual(LedgerFixture fixture, TenantId tenant, Reservation reservation) {
        RecordMint mint = fixture.ledger.mint();
        return usual(mint.decision(mint.id(), tenant, KEY, "predict", Effect.PERMIT), reservation);
    }

    private static AuditRecord usual(RecordBuilder builder, Reservation reservation) {
        return builder.epochs(FIRST)
                .request("req-0123456789")
                .policy("ab".repeat(32))
                .model(new ModelRef("platform", "credit-score", "1.0", "cd".repeat(32), null))
                .rules(List.of(
                        new RuleRef("purposes", "tenant", "acme/tenant", "ef".repeat(32), 12, List.of("GDPR-5.1.b"))))
                .controls(List.of("GDPR-5.1.b", "GDPR-5.1.c", "GDPR-30"))
                .facts(Facts.builder()
                        .purpose("credit-decision")
                        .lawfulBasis("contract")
                        .rows(1)
                        .bytes(483)
                        .fields(List.of("income", "debt", "age_band", "tenure", "delinquencies", "utilisation"))
                        .budgets(reservation.remaining())
                        .disclosure("topk:3")
                        .output(Map.of("confidence", Map.of("80-90", 1L)))
                        .build())
                .charges(reservation.charges())
                .build();
    }

    private static void encoding() {
        var builder = new RecordBuilder(
                RecordKind.DECISION, "01K9ZZZZZZZZZZZZZZZZZZZZZZ", "acme", Instant.now(), "node-1", 1, KEY, "predict");
        AuditRecord record = usual(builder.effect(Effect.PERMIT), new Reservation(List.of(), List.of(), used -> {}));
        long bytes = 0;
        for (int round = 0; round < 5; round++) {
            long began = System.nanoTime();
            for (int i = 0; i < 300_000; i++) {
                bytes += record.encode().length;
            }
            System.out.printf(
                    "encoding %d bytes: %.2f µs%n",
                    bytes / 300_000 / (round + 1), (System.nanoTime() - began) / 300_000_000.0);
        }
    }

    private static void round(LedgerFixture fixture, Duration length) throws InterruptedException {
        var room = new Semaphore(OUTSTANDING);
        var over = new AtomicBoolean();
        var done = new LongAdder();
        var callers = new ArrayList<Thread>();
        for (int i = 0; i < 2; i++) {
            TenantId tenant = i == 0 ? ACME : EURO;
            callers.add(Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    room.acquireUninterruptibly();
                    append(fixture, tenant).whenComplete((result, failure) -> {
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
        Thread.sleep(length);
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
    }

    private static double postgresMicros() {
        return ProcessHandle.of(TestDatabase.server().pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToDouble(WriterRate::cpuMicros)
                .sum();
    }

    private static double cpuMicros(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1_000.0;
    }

    private static CompletionStage<AppendResult> append(LedgerFixture fixture, TenantId tenant) {
        Reservation reservation = fixture.reserve(tenant, daily("day", 1_000_000_000_000L), 1);
        return fixture.ledger
                .writer()
                .append(Append.of(
                        usual(fixture, tenant, reservation),
                        reservation,
                        Instant.now().plusSeconds(10)));
    }

    private static void latency(LedgerFixture fixture) {
        var micros = new long[2_000];
        for (int i = 0; i < micros.length; i++) {
            long began = System.nanoTime();
            append(fixture, ACME).toCompletableFuture().join();
            micros[i] = (System.nanoTime() - began) / 1_000;
        }
        Arrays.sort(micros);
        System.out.printf("one at a time: median %d µs, p99 %d µs%n", micros[1_000], micros[1_980]);
    }
}
