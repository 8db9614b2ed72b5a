package dev.sallyport.ledger;

import dev.sallyport.format.BudgetFact;
import dev.sallyport.format.Charge;
import dev.sallyport.format.RecordBuilder;
import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Budgets of rows. What is used is the sum that the ledger's charges add up to; this keeps it in memory, loaded when a
 * window is first asked for, and beside it what is reserved by calls on their way. {@code used + reserved} never
 * exceeds the limit under which a reservation was made, and a reservation ends only when its record's outcome is
 * known, so the committed sum never does either.
 *
 * <p>Only one node records at a time, so memory is the whole truth once loaded. Windows follow the database's clock.
 * Thread-safe; one lock a tenant, never held while waiting.
 */
public final class Budgets {
    private static final int LOCKS = 256;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** How long a window is remembered after its end, in case the clock is set back. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final SumSource sums;
    private final ConcurrentHashMap<BudgetWindowState.Key, BudgetWindowState> windows = new ConcurrentHashMap<>();
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    Budgets(InstantSource clock, SumSource sums) {
        this.clock = clock;
        this.sums = sums;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /**
     * Reserves rows of several budgets, of all or of none.
     *
     * @param tenant the tenant whose budgets they are
     * @param claims the budgets; none is a reservation of nothing
     * @param rows how many rows of each, at least 1
     * @return never fails; complete at once unless a sum must be read first, and then on a thread of the ledger's,
     *     where what depends on it must not block
     */
    public CompletionStage<ReserveResult> reserve(TenantId tenant, List<BudgetClaim> claims, long rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("a reservation is of at least one row");
        }
        Instant now = clock.instant();
        var states = new ArrayList<BudgetWindowState>(claims.size());
        boolean loaded = true;
        for (BudgetClaim claim : claims) {
            BudgetWindowState state = window(tenant, claim, now);
            states.add(state);
            loaded &= state.loaded.isDone() && !state.loaded.isCompletedExceptionally();
        }
        if (loaded) {
            return take(tenant, claims, states, rows);
        }
        return CompletableFuture.allOf(states.stream().map(s -> s.loaded).toArray(CompletableFuture[]::new))
                .handle((done, failure) -> failure == null)
                .thenCompose(read -> read ? take(tenant, claims, states, rows) : unread());
    }

    private static CompletionStage<ReserveResult> unread() {
        return CompletableFuture.completedFuture(
                new ReserveResult.Unavailable("the sums of budgets cannot be read", RETRY_AFTER));
    }

    private BudgetWindowState window(TenantId tenant, BudgetClaim claim, Instant now) {
        BudgetRule rule = claim.rule();
        var key = new BudgetWindowState.Key(tenant.value(), claim.identity(), rule.windowStart(now));
        BudgetWindowState known = windows.get(key);
        return known != null ? known : load(new BudgetWindowState(key, rule.windowEnd(now)));
    }

    private BudgetWindowState load(BudgetWindowState fresh) {
        BudgetWindowState other = windows.putIfAbsent(fresh.key, fresh);
        if (other != null) {
            return other;
        }
        sums.used(fresh.key.tenant(), fresh.key.budget(), fresh.key.start()).whenComplete((used, failure) -> {
            if (failure == null) {
                fresh.loaded.complete(used);
            } else {
                windows.remove(fresh.key, fresh);
                fresh.loaded.completeExceptionally(failure);
            }
        });
        return fresh;
    }

    private CompletionStage<ReserveResult> take(
            TenantId tenant, List<BudgetClaim> claims, List<BudgetWindowState> states, long rows) {
        ReentrantLock lock = lock(tenant.value());
        lock.lock();
        try {
            for (int i = 0; i < states.size(); i++) {
                BudgetWindowState state = states.get(i);
                if (state.isForgotten()) {
                    return again(tenant, claims, rows);
                }
                state.open(state.loaded.join());
                BudgetRule rule = claims.get(i).rule();
                long remaining = state.remaining(rule.limit());
                if (remaining < rows) {
                    return CompletableFuture.completedFuture(new ReserveResult.Exhausted(rule, remaining, state.end));
                }
            }
            return CompletableFuture.completedFuture(reserve(claims, states, rows));
        } finally {
            lock.unlock();
        }
    }

    /** A window was forgotten between its look-up and the lock: it is loaded again, outside the lock. */
    private CompletionStage<ReserveResult> again(TenantId tenant, List<BudgetClaim> claims, long rows) {
        return CompletableFuture.supplyAsync(() -> reserve(tenant, claims, rows))
                .thenCompose(r -> r);
    }

    private ReserveResult reserve(List<BudgetClaim> claims, List<BudgetWindowState> states, long rows) {
        // Two rules may count the same thing under two limits: it is charged once.
        Set<BudgetWindowState> distinct = new LinkedHashSet<>(states);
        var charges = new ArrayList<Charge>(distinct.size());
        for (BudgetWindowState state : distinct) {
            state.reserve(rows);
            charges.add(Charge.of(state.key.budget(), RecordBuilder.micros(state.key.start()), rows));
        }
        var remaining = new ArrayList<BudgetFact>(claims.size());
        for (int i = 0; i < claims.size(); i++) {
            BudgetRule rule = claims.get(i).rule();
            remaining.add(new BudgetFact(rule.id(), states.get(i).remaining(rule.limit())));
        }
        return new ReserveResult.Reserved(new Reservation(charges, remaining, used -> settle(distinct, rows, used)));
    }

    private void settle(Set<BudgetWindowState> states, long rows, boolean used) {
        if (states.isEmpty()) {
            return;
        }
        ReentrantLock lock = lock(states.iterator().next().key.tenant());
        lock.lock();
        try {
            states.forEach(state -> state.settle(rows, used));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets windows that are over and of which nothing is held. */
    void forgetPast() {
        Instant before = clock.instant().minus(GRACE);
        for (BudgetWindowState state : windows.values()) {
            if (state.end.isBefore(before)) {
                forget(state);
            }
        }
    }

    private void forget(BudgetWindowState state) {
        ReentrantLock lock = lock(state.key.tenant());
        lock.lock();
        try {
            if (state.forget()) {
                windows.remove(state.key, state);
            }
        } finally {
            lock.unlock();
        }
    }

    private ReentrantLock lock(String tenant) {
        return locks[Math.floorMod(tenant.hashCode(), LOCKS)];
    }
}
