package dev.sallyport.ledger;

import dev.sallyport.format.Ulid;
import dev.sallyport.format.log.VerifierKey;
import dev.sallyport.ledger.budget.Budgets;
import dev.sallyport.ledger.budget.NodeLife;
import dev.sallyport.ledger.receipt.NodeReceiptKey;
import dev.sallyport.ledger.receipt.ReceiptKeyCertifier;
import dev.sallyport.ledger.receipt.ReceiptPress;
import dev.sallyport.ledger.tree.CheckpointListener;
import dev.sallyport.ledger.tree.LogHealth;
import dev.sallyport.ledger.tree.LogKeys;
import dev.sallyport.ledger.tree.PublishedLogKey;
import dev.sallyport.ledger.tree.Sequencer;
import dev.sallyport.ledger.tree.TransparencyLog;
import dev.sallyport.ledger.tree.Witness;
import dev.sallyport.policy.TenantId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of one node, opened once. Opening begins a new generation of the node: whatever another process still tries
 * to write under the node's name fails at the fence. Nodes of other names share the database.
 */
public final class Ledger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Duration RECENT = Duration.ofSeconds(2);
    private static final long CLOSE_S = 5;
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(1);
    private static final Duration CLOCK_BOUND = Duration.ofSeconds(2);

    private final Pools pools;
    private final InstantSource wall;
    private final FlushListener listener;
    private final DatabaseClock clock;
    private final NodeLife node;
    private final FlushWriter flushWriter;
    private final FlushLoop loop;
    private final GroupCommit writer;
    private final Duration idle;
    private final Budgets budgets;
    private final RecordMint mint;
    private final TenantScope scope;
    private final KeyHierarchy keys;
    private final Subjects subjects;
    private final RecordReader reader;
    private final ReceiptKeyReader receiptKeys;
    private final NodeReceiptKey receiptKey;
    private final ReceiptPress press;
    private final LogKeys logKeys;
    private final Sequencer sequencer;
    private final TransparencyLog log;
    private final Optional<Witness> witness;
    private final Janitor janitor;
    private final LedgerTrace trace;
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sallyport-ledger").daemon().factory());
    private volatile boolean clockIsOff;

    private Ledger(
            LedgerSettings settings, Pools pools, InstantSource wall, RandomGenerator random, FlushListener listener) {
        this.pools = pools;
        this.wall = wall;
        this.listener = listener;
        node = begin(pools.of(LedgerRole.LEDGER_WRITER), settings);
        clock = new DatabaseClock(System::nanoTime, node.begunAt());
        janitor = new Janitor(pools.of(LedgerRole.JANITOR), clock);
        janitor.tidy();
        DataSource writing = pools.of(LedgerRole.LEDGER_WRITER);
        var stopping = new Stopping();
        trace = settings.trace()
                .map(path -> LedgerTrace.open(path, settings.node()))
                .orElse(LedgerTrace.NONE);
        var transaction = new FlushTransaction(writing, clock, node.name(), trace);
        scope = new TenantScope(pools.of(LedgerRole.APP));
        keys = new KeyHierarchy(settings.keysDir(), scope, random);
        log = new TransparencyLog(pools.of(LedgerRole.AUDITOR));
        receiptKey = new NodeReceiptKey(settings.node(), writing, keys::receiptKeyMac, () -> verifiers(log), clock);
        press = new ReceiptPress(receiptKey.signer());
        flushWriter = new FlushWriter(transaction, node, listener, press, blocking, stopping);
        loop = new FlushLoop(flushWriter, stopping, settings.queueLimit(), settings.batchLimit());
        writer = new GroupCommit(loop, listener, clock);
        idle = idle(settings.lease());
        budgets = new Budgets(node, clock, writing, blocking, idle);
        mint = new RecordMint(
                clock, new Ulid.Factory(clock, random), node.name(), node::generation, settings.software());
        subjects = new Subjects(scope, keys);
        reader = new RecordReader(pools.of(LedgerRole.AUDITOR));
        receiptKeys = new ReceiptKeyReader(pools.of(LedgerRole.AUDITOR));
        DataSource sequencing = pools.of(LedgerRole.SEQUENCER);
        logKeys = LogKeys.open(sequencing, settings.keysDir(), settings.log().origin());
        witness = settings.log().witness().map(chosen -> new Witness(chosen, log));
        CheckpointListener outside = new CheckpointListener() {
            @Override
            public void signed(byte[] note) {
                witness.ifPresent(taking -> taking.signed(note));
            }

            @Override
            public void round(int records, Duration took) {
                listener.round(records, took);
            }
        };
        var certifier = new ReceiptKeyCertifier(keys::receiptKeyMac);
        sequencer = new Sequencer(sequencing, logKeys, certifier::certify, witness.flatMap(Witness::last), outside);
    }

    /**
     * Opens the ledger: begins a generation, makes the partitions that are near, reads or makes the root key.
     *
     * @param wall the node's own clock, which is only compared with the database's
     * @param random a cryptographically strong source: keys come from it
     * @param listener hears what the flush does
     * @throws LedgerException if the database cannot be reached, its schema does not fit, or the root key is unfit
     * @throws dev.sallyport.ledger.tree.LogException if the log's key is lost or another's, or its origin another
     */
    public static Ledger open(
            LedgerSettings settings, InstantSource wall, RandomGenerator random, FlushListener listener) {
        var pools = new Pools(settings);
        try {
            var ledger = new Ledger(settings, pools, wall, random, listener);
            ledger.begin();
            return ledger;
        } catch (RuntimeException e) {
            pools.close();
            throw e;
        }
    }

    private static List<VerifierKey> verifiers(TransparencyLog log) {
        return log.keys().stream().map(PublishedLogKey::key).toList();
    }

    private static NodeLife begin(DataSource writer, LedgerSettings settings) {
        try {
            return NodeLife.begin(writer, settings.node(), settings.lease());
        } catch (SQLException e) {
            throw LedgerException.of("beginning a generation of the node", e);
        }
    }

    /** How long rows of a block may lie unused: so that, after that and a round trip, they are there for other nodes. */
    private static Duration idle(Duration lease) {
        Duration tenth = lease.dividedBy(10);
        return tenth.compareTo(LONGEST_IDLE) < 0 ? tenth : LONGEST_IDLE;
    }

    private void begin() {
        receiptKey.advance();
        node.start(clock, event -> trace.event(event, node.generation(), 0, 0, ""));
        loop.start();
        witness.ifPresent(Witness::start);
        sequencer.start();
        every(20, "expiring calls", loop::expire);
        every(100, "closing groups", () -> writer.closeGroups(false));
        every(100, "certifying the receipt key", () -> blocking.execute(receiptKey::advance));
        every(1_000, "comparing clocks", this::compareClocks);
        every(idle.toMillis(), "tidying budgets", budgets::tidy);
        every(3_600_000, "tidying", () -> blocking.execute(() -> guarded("tidying", janitor::tidy)));
    }

    private void every(long millis, String doing, Runnable task) {
        var scheduled = watch.scheduleWithFixedDelay(() -> guarded(doing, task), millis, millis, TimeUnit.MILLISECONDS);
        if (scheduled.isDone()) {
            throw new IllegalStateException("the ledger's watch does not run");
        }
    }

    private static void guarded(String doing, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("{} failed and is repeated", doing, e);
        }
    }

    private void compareClocks() {
        Duration ahead = clock.ahead(wall);
        listener.clock(ahead);
        boolean off = ahead.abs().compareTo(CLOCK_BOUND) > 0;
        if (off && !clockIsOff) {
            LOG.warn("this node's clock is {} ms ahead of the database's, whose time is used", ahead.toMillis());
        }
        clockIsOff = off;
    }

    /** Returns the writer of records. */
    public RecordWriter writer() {
        return writer;
    }

    /** Returns the budgets. */
    public Budgets budgets() {
        return budgets;
    }

    /** Returns what begins records. */
    public RecordMint mint() {
        return mint;
    }

    /** Returns the way to tenants' rows. */
    public TenantScope scope() {
        return scope;
    }

    /** Returns the keys. */
    public KeyHierarchy keys() {
        return keys;
    }

    /** Returns the data subjects. */
    public Subjects subjects() {
        return subjects;
    }

    /** Returns the reader of records. */
    public RecordReader reader() {
        return reader;
    }

    /** Returns the reader of the receipt keys' certificates. */
    public ReceiptKeyReader receiptKeys() {
        return receiptKeys;
    }

    /** Returns the log: what is signed, and proofs of it. */
    public TransparencyLog log() {
        return log;
    }

    /** Returns the log's origin and keys. */
    public LogKeys logKeys() {
        return logKeys;
    }

    /** Returns how the log is on this node; asking it is cheap. */
    public LogHealth logHealth() {
        LogHealth health = sequencer.health();
        return witness.map(outside -> health.and(outside.refusal())).orElse(health);
    }

    /** Returns the database's time, which decisions, records and budgets go by; asking it is cheap. */
    public InstantSource clock() {
        return clock;
    }

    /**
     * Hears of tenants whose policies, keys, grants or suspensions have changed, through whatever node, about a second
     * later. What was decided under an older state is not recorded anyway; this is for what is kept in memory.
     *
     * @param listener is told the tenant; {@link TenantId#PLATFORM} for all
     */
    public void onStateMoved(Consumer<TenantId> listener) {
        node.onMoved(tenants -> tenants.forEach(tenant -> listener.accept(new TenantId(tenant))));
    }

    /** Returns connections of the role {@code door}, in transactions that their user commits. */
    public DataSource door() {
        return pools.of(LedgerRole.DOOR);
    }

    /** Returns how the connections of a role are; asking it is cheap. */
    public PoolState pool(LedgerRole role) {
        return pools.state(role);
    }

    /** Returns how the ledger is. */
    public Health health() {
        Duration since = flushWriter.sinceSuccess();
        return new Health(
                loop.isOpen() && since.compareTo(RECENT) <= 0,
                since,
                loop.waiting(),
                node.generation(),
                node.isRetired(),
                receiptKey.isCertified(),
                clock.ahead(wall));
    }

    /** Takes no more records, writes those that wait, for five seconds at most, and lets go of the database. */
    @Override
    public void close() {
        watch.shutdownNow();
        writer.closeGroups(true);
        loop.close();
        press.close();
        sequencer.close();
        witness.ifPresent(Witness::close);
        blocking.shutdown();
        try {
            if (!blocking.awaitTermination(CLOSE_S, TimeUnit.SECONDS)) {
                LOG.warn("what depends on records did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        node.leave();
        pools.close();
        trace.close();
    }
}
