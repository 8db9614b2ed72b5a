package dev.sallyport.ledger.budget;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a node: its generation, under which everything is written and held, and its heartbeat. Nodes of other
 * names live beside it. One that is not heard of for the lease is given up by the others, who raise its generation; a
 * process that was only paused begins another one by itself. A process that finds its name taken by another is retired.
 * Thread-safe.
 */
public final class NodeLife {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLife.class);
    private static final Duration SLOWEST_BEAT = Duration.ofSeconds(1);
    private static final Duration FASTEST_BEAT = Duration.ofMillis(50);

    private final NodeTable table;
    private final String name;
    private final String session = UUID.randomUUID().toString();
    private final Duration lease;
    private final Instant begunAt;
    private final ReentrantLock renewing = new ReentrantLock();
    private final CountDownLatch over = new CountDownLatch(1);

    private volatile long generation;
    private volatile boolean retired;
    private volatile boolean failing;

    /** The generation that could not be ended when it was to be; 0 for none. */
    private volatile long overdue;

    private Map<String, Long> epochs;
    private volatile Consumer<Set<String>> moved = tenants -> {};
    private @Nullable Thread heart;

    private NodeLife(NodeTable table, String name, Duration lease) throws SQLException {
        this.table = table;
        this.name = name;
        this.lease = lease;
        this.epochs = table.epochs();
        NodeTable.Start start = table.start(name, session);
        this.generation = start.generation();
        this.begunAt = start.at();
    }

    /**
     * Begins a generation of a node; another process of that name is retired by it.
     *
     * @param writer connections of the role {@code ledger_writer}
     * @param name the node's name
     * @param lease how long it may be silent before the others give it up
     * @throws SQLException if the database cannot be asked
     */
    public static NodeLife begin(DataSource writer, String name, Duration lease) throws SQLException {
        return new NodeLife(new NodeTable(writer), name, lease);
    }

    /** Returns the node's name. */
    public String name() {
        return name;
    }

    /** Returns the database's time when the first generation was begun. */
    public Instant begunAt() {
        return begunAt;
    }

    /** Returns the generation of now, at least 1. */
    public long generation() {
        return generation;
    }

    /** Whether another process has the name: this one never writes again. */
    public boolean isRetired() {
        return retired;
    }

    /** Hears which tenants' state has changed, through whatever node, about a second later; {@code platform} is all. */
    public void onMoved(Consumer<Set<String>> listener) {
        moved = listener;
    }

    /**
     * Begins to say that it lives, once a second, or a tenth of the lease where that is shorter.
     *
     * @param clock is told the database's time
     * @param trace is told {@code reclaim} before silent nodes are given up, and {@code reclaimed} after
     */
    public void start(DatabaseTime clock, Consumer<String> trace) {
        heart = Thread.ofPlatform().name("sallyport-heart").daemon().start(() -> beats(clock, trace));
    }

    private void beats(DatabaseTime clock, Consumer<String> trace) {
        Duration pause = lease.dividedBy(10);
        pause = pause.compareTo(SLOWEST_BEAT) > 0 ? SLOWEST_BEAT : pause;
        pause = pause.compareTo(FASTEST_BEAT) < 0 ? FASTEST_BEAT : pause;
        try {
            while (!over.await(pause.toNanos(), TimeUnit.NANOSECONDS) && !retired) {
                beat(clock, trace);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat(DatabaseTime clock, Consumer<String> trace) {
        long mine = generation;
        try {
            NodeTable.Beat beat = table.beat(name, mine, lease, clock);
            if (!beat.current() || overdue == mine) {
                renew(mine);
            }
            if (beat.lost() > 0) {
                trace.accept("reclaim");
                table.reclaim(lease)
                        .forEach(lost -> LOG.warn("node {} is not heard of any more and is given up", lost));
                trace.accept("reclaimed");
            }
            if (beat.epochs() != sum(epochs)) {
                tell(table.epochs());
            }
            failing = false;
        } catch (SQLException e) {
            failed("the node's heartbeat", e);
        } catch (RuntimeException e) {
            LOG.error("the node's heartbeat failed by a fault of its own and is repeated", e);
        }
    }

    private static long sum(Map<String, Long> epochs) {
        return epochs.values().stream().mapToLong(Long::longValue).sum();
    }

    private void tell(Map<String, Long> now) {
        Set<String> tenants = new HashSet<>();
        now.forEach((tenant, epoch) -> {
            if (!Objects.equals(epochs.get(tenant), epoch)) {
                tenants.add(tenant);
            }
        });
        moved.accept(tenants);
        epochs = now;
    }

    /**
     * Begins another generation if this one is still the node's: what was held under it is gone. Blocks; where the
     * database cannot be asked it is tried again with each heartbeat.
     *
     * @param lost the generation that was found to be over
     */
    public void renew(long lost) {
        renewing.lock();
        try {
            if (retired || generation != lost) {
                return;
            }
            Long next = table.rejoin(name, session);
            if (next == null) {
                retire();
            } else {
                generation = next;
                LOG.warn("generation {} of this node was given up: it goes on under {}", lost, next);
            }
        } catch (SQLException e) {
            overdue = lost;
            failed("beginning another generation of the node", e);
        } finally {
            renewing.unlock();
        }
    }

    /** Ends it for good: another process has the name. */
    public void retire() {
        if (!retired) {
            retired = true;
            LOG.error("another process has this node's name: nothing is recorded here any more");
        }
    }

    /** Ends the generation in good order: what it held and did not charge is free for the others. Blocks. */
    public void leave() {
        over.countDown();
        try {
            if (heart != null) {
                heart.join();
            }
            if (!retired) {
                table.leave(name, generation);
            }
        } catch (SQLException e) {
            LOG.warn("the node could not say that it ends; the others give it up after {}", lease, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(String doing, SQLException e) {
        if (!failing) {
            failing = true;
            LOG.warn("{} failed, it is tried again: {}", doing, e.getSQLState());
        }
    }
}
