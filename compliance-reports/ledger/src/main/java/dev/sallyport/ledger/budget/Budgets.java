package dev.sallyport.ledger.budget;

import dev.sallyport.policy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Budgets of rows, shared by all nodes of a database. The database grants rows to a node under its generation, never
 * more than a budget's limit in all; a call reserves them here, and the flush of its record charges them in the same
 * transaction, which the database refuses for rows that it did not grant. So the sum of all charges never exceeds a
 * limit, whatever becomes of a node.
 *
 * <p>Budgets of 1,000 rows and more are granted in blocks, so that most calls ask nobody; a block is a 64th of the limit
 * and an eighth of what is left at most, and goes back when it is not used for a moment. Others, and those of persons,
 * are granted row by row, many calls in one round trip. Windows follow the database's clock. Thread-safe; one lock a
 * tenant, never held while waiting.
 */
public final class Budgets {
    private static final int LOCKS = 256;

    private final NodeLife node;
    private final DatabaseTime clock;
    private final Rounds rounds;
    private final long idleNanos;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
    private volatile Holdings holdings;

    /**
     * Makes the node's budgets.
     *
     * @param node the node, under whose generation rows are granted
     * @param clock the database's time
     * @param writer connections of the role {@code ledger_writer}
     * @param blocking runs what blocks
     * @param idle how long rows of a block may lie unused
     */
    public Budgets(NodeLife node, DatabaseTime clock, DataSource writer, Executor blocking, Duration idle) {
        this.node = node;
        this.clock = clock;
        this.idleNanos = idle.toNanos();
        this.holdings = new Holdings(node.generation());
        this.rounds = new Rounds(this, node, new DatabaseShares(writer, node.name(), clock), clock, blocking);
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /**
     * Reserves rows of several budgets, of all or of none.
     *
     * @param tenant the tenant whose budgets they are
     * @param claims the budgets; none is a reservation of nothing
     * @return never fails; complete at once unless the database must be asked, and then on a thread of the ledger's,
     *     where what depends on it must not block
     */
    public CompletionStage<ReserveResult> reserve(TenantId tenant, List<BudgetClaim> claims) {
        Reservation covered = reserveCovered(Demand.of(holdings(), tenant.value(), claims, clock.instant()), tenant);
        return covered != null
                ? CompletableFuture.completedFuture(new ReserveResult.Reserved(covered))
                : rounds.ask(tenant, claims);
    }

    private @Nullable Reservation reserveCovered(Demand demand, TenantId tenant) {
        ReentrantLock lock = lock(tenant.value());
        lock.lock();
        try {
            return demand.isCovered() ? demand.reserve(this) : null;
        } finally {
            lock.unlock();
        }
    }

    /** What is held under the generation of now. */
    Holdings holdings() {
        Holdings held = holdings;
        return held.generation() == node.generation() ? held : renewed();
    }

    private synchronized Holdings renewed() {
        long generation = node.generation();
        if (holdings.generation() != generation) {
            holdings = new Holdings(generation);
        }
        return holdings;
    }

    /** Ends a reservation. Rows of a small budget that were not used go back at once. */
    void settle(Holdings held, Demand demand, boolean used) {
        demand.forEach((allowance, rows) -> {
            ReentrantLock lock = lock(allowance.key.tenant());
            lock.lock();
            try {
                allowance.settle(rows, used);
            } finally {
                lock.unlock();
            }
            if (!used && !allowance.leased && held.generation() == holdings.generation()) {
                rounds.giveBack(allowance);
            }
        });
    }

    /** Gives back what lies idle, asks anew what others may have changed, and forgets what is over. */
    public void tidy() {
        Holdings held = holdings();
        Instant now = clock.instant();
        for (Allowance allowance : held.allowances().values()) {
            ReentrantLock lock = lock(allowance.key.tenant());
            lock.lock();
            try {
                if (allowance.isIdle(now, idleNanos)) {
                    rounds.giveBack(allowance);
                } else if (allowance.isUnsure(idleNanos)) {
                    rounds.look(allowance);
                } else if (allowance.isEmpty() && (!allowance.leased || !now.isBefore(allowance.end))) {
                    held.allowances().remove(allowance.key, allowance);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    ReentrantLock lock(String tenant) {
        return locks[Math.floorMod(tenant.hashCode(), LOCKS)];
    }
}
