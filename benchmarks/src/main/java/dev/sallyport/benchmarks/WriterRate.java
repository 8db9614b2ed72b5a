package dev.sallyport.benchmarks;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Epochs;
import dev.sallyport.format.Facts;
import dev.sallyport.format.ModelRef;
import dev.sallyport.format.Principal;
import dev.sallyport.format.RuleRef;
import dev.sallyport.ledger.Append;
import dev.sallyport.ledger.AppendResult;
import dev.sallyport.ledger.FlushListener;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.LedgerRole;
import dev.sallyport.ledger.LedgerSettings;
import dev.sallyport.ledger.budget.BudgetClaim;
import dev.sallyport.ledger.budget.Reservation;
import dev.sallyport.ledger.budget.ReserveResult;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.EmbeddedPostgres;
import dev.sallyport.migrations.Migrator;
import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.BudgetScope;
import dev.sallyport.policy.CalendarWindow;
import dev.sallyport.policy.Layer;
import dev.sallyport.policy.Rule;
import dev.sallyport.policy.TenantId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * The writer of records alone, on a fresh embedded Postgres: records of a usual answer, each with a charge, made durable
 * a second, and what one costs in CPU; then the time to a durable record when nothing else is written.
 */
final class WriterRate {
    private static final int ROUNDS = 4;
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int ALONE = 2_000;
    private static final List<TenantId> TENANTS = List.of(new TenantId("first"), new TenantId("second"));
    /** The platform's epoch of a fresh schema, and a tenant's after the act that creates it. */
    private static final Epochs EPOCHS = new Epochs(1, 1);

    private static final Principal KEY = Principal.key("key-1", "caller");
    private static final BudgetClaim DAY = new BudgetClaim(
            new BudgetRule(
                    "day",
                    Set.of(BudgetScope.TENANT),
                    1_000_000_000_000L,
                    new CalendarWindow(CalendarWindow.Unit.DAY, 1, ZoneOffset.UTC),
                    new Rule("budgets.day", Layer.TENANT, "tenant", "0".repeat(64), 1, List.of())),
            "day",
            "day",
            1);

    private final Ledger ledger;
    private final ProcessHandle postgres;
    private final int outstanding;

    private WriterRate(Ledger ledger, ProcessHandle postgres, int outstanding) {
        this.ledger = ledger;
        this.postgres = postgres;
        this.outstanding = outstanding;
    }

    /**
     * Prints a line a round, the first of which warms up.
     *
     * @param args an empty directory, which is left as it is afterwards; how many records are under way at a time
     */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Path keys = directory.resolve("keys");
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.start(directory.resolve("postgres"), keys, new EmbeddedPostgres.Listener() {})) {
            Migrator.migrate(
                    postgres.jdbcUrl(), EmbeddedPostgres.OWNER, postgres.ownerPassword(), postgres.passwords());
            Map<LedgerRole, String> passwords = new EnumMap<>(LedgerRole.class);
            for (LedgerRole role : LedgerRole.values()) {
                passwords.put(role, postgres.password(DatabaseRole.of(role.roleName())));
            }
            LedgerSettings settings = LedgerSettings.of(postgres.jdbcUrl(), passwords, keys, "node-1", "benchmark");
            try (Ledger ledger =
                    Ledger.open(settings, InstantSource.system(), new SecureRandom(), FlushListener.NONE)) {
                new WriterRate(ledger, ProcessHandle.of(postgres.pid()).orElseThrow(), Integer.parseInt(args[1])).run();
            }
        }
    }

    private void run() throws InterruptedException {
        TENANTS.forEach(this::create);
        for (int round = 0; round < ROUNDS; round++) {
            round();
        }
        alone();
    }

    private void create(TenantId tenant) {
        ledger.scope().change(tenant, scoped -> {
            try (PreparedStatement insert =
                    scoped.connection().prepareStatement("INSERT INTO tenants (tenant, name) VALUES (?, ?)")) {
                insert.setString(1, tenant.value());
                insert.setString(2, tenant.value());
                return insert.executeUpdate();
            }
        });
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
                    append(tenant).whenComplete((result, failure) -> {
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
            append(TENANTS.getFirst()).toCompletableFuture().join();
            micros[i] = (System.nanoTime() - began) / 1_000;
        }
        Arrays.sort(micros);
        System.out.printf("one at a time: median %d µs, p99 %d µs%n", micros[ALONE / 2], micros[ALONE * 99 / 100]);
    }

    private CompletionStage<AppendResult> append(TenantId tenant) {
        return ledger.budgets().reserve(tenant, List.of(DAY)).thenCompose(result -> switch (result) {
            case ReserveResult.Reserved(Reservation reservation) ->
                ledger.writer().append(Append.of(usual(tenant, reservation), reservation, Duration.ofSeconds(10)));
            case ReserveResult.Exhausted exhausted -> throw new IllegalStateException("the budget is spent");
            case ReserveResult.Unavailable unavailable -> throw new IllegalStateException("no budgets");
        });
    }

    private AuditRecord usual(TenantId tenant, Reservation reservation) {
        return ledger.mint()
                .decision(ledger.mint().id(), tenant, KEY, "predict", Effect.PERMIT)
                .epochs(EPOCHS)
                .request("req-0123456789")
                .policy("ab".repeat(32))
                .model(new ModelRef("platform", "credit-score", "1", "cd".repeat(32), null))
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

    private double postgresMicros() {
        return postgres.descendants().mapToDouble(WriterRate::cpuMicros).sum();
    }

    private static double cpuMicros(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1_000.0;
    }
}
