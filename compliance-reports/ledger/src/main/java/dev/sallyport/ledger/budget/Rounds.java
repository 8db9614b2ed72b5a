package dev.sallyport.ledger.budget;

import dev.sallyport.policy.TenantId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database for what calls need and gives back what they do not: whatever has gathered goes in one round trip,
 * one at a time. A round trip whose outcome is unknown begins a new generation, which holds nothing, so that no row
 * stays granted that nobody knows of.
 */
final class Rounds {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MOST_CALLS = 500;
    private static final int ATTEMPTS = 3;

    private final Budgets budgets;
    private final NodeLife node;
    private final DatabaseShares shares;
    private final DatabaseTime clock;
    private final Executor blocking;

    // Guarded by this.
    private final ArrayDeque<Ask> asks = new ArrayDeque<>();
    private final Set<Allowance> gives = new LinkedHashSet<>();
    private final Set<Allowance> looks = new LinkedHashSet<>();
    private boolean running;

    /** A call that waits. */
    private record Ask(
            TenantId tenant, List<BudgetClaim> claims, int attempt, CompletableFuture<ReserveResult> result) {
        void unavailable(String reason) {
            result.complete(new ReserveResult.Unavailable(reason, RETRY_AFTER));
        }

        Ask again() {
            return new Ask(tenant, claims, attempt + 1, result);
        }
    }

    /** What was set aside of an allowance for a call in a round, and where the rest stands that was asked. */
    private record Aside(Allowance allowance, long rows, int wanted) {}

    private record InRound(Ask ask, Demand demand, List<Aside> aside) {}

    /** What goes together. */
    private record Batch(List<Ask> asks, List<Allowance> gives, List<Allowance> looks) {}

    Rounds(Budgets budgets, NodeLife node, DatabaseShares shares, DatabaseTime clock, Executor blocking) {
        this.budgets = budgets;
        this.node = node;
        this.shares = shares;
        this.clock = clock;
        this.blocking = blocking;
    }

    CompletionStage<ReserveResult> ask(TenantId tenant, List<BudgetClaim> claims) {
        var ask = new Ask(tenant, claims, 1, new CompletableFuture<>());
        synchronized (this) {
            asks.add(ask);
        }
        if (!run()) {
            ask.unavailable("the ledger is closed");
        }
        return ask.result;
    }

    void giveBack(Allowance allowance) {
        synchronized (this) {
            gives.add(allowance);
        }
        run();
    }

    /** Asks how a budget stands, without taking of it. */
    void look(Allowance allowance) {
        synchronized (this) {
            looks.add(allowance);
        }
        run();
    }

    /** False when nothing runs any more. */
    private boolean run() {
        synchronized (this) {
            if (running) {
                return true;
            }
            running = true;
        }
        try {
            blocking.execute(this::rounds);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    private synchronized @Nullable Batch next() {
        if (asks.isEmpty() && gives.isEmpty() && looks.isEmpty()) {
            running = false;
            return null;
        }
        List<Ask> calls = new ArrayList<>();
        while (!asks.isEmpty() && calls.size() < MOST_CALLS) {
            calls.add(asks.remove());
        }
        var batch = new Batch(calls, List.copyOf(gives), List.copyOf(looks));
        gives.clear();
        looks.clear();
        return batch;
    }

    private synchronized void again(Ask ask) {
        asks.addFirst(ask.again());
    }

    private void rounds() {
        for (Batch batch = next(); batch != null; batch = next()) {
            long generation = node.generation();
            try {
                round(batch);
            } catch (RuntimeException | Error e) {
                LOG.error("a round of budgets failed by a fault of its own", e);
                batch.asks.forEach(ask -> ask.unavailable("budgets cannot be asked"));
                node.renew(generation);
            }
        }
    }

    private void round(Batch batch) {
        Holdings held = budgets.holdings();
        var round = new Round();
        List<Aside> given = giving(held, batch, round);
        List<InRound> calls = new ArrayList<>(batch.asks.size());
        for (Ask ask : batch.asks) {
            enter(held, ask, round, calls);
        }
        if (round.isEmpty()) {
            return;
        }
        switch (shares.take(held.generation(), round)) {
            case TakeOutcome.Taken taken -> {
                leave(given, 0);
                learn(round, taken);
                calls.forEach(call -> settle(call, round, taken));
            }
            case TakeOutcome.Lost lost -> begunAgain(held, calls);
            case TakeOutcome.Unknown(String reason) -> {
                LOG.warn("what a round of budgets did is unknown: {}", reason);
                begunAgain(held, calls);
            }
            case TakeOutcome.NotDone(String reason) -> {
                given.forEach(aside -> leave(List.of(aside), aside.rows));
                calls.forEach(call -> {
                    call.aside.forEach(aside -> leave(List.of(aside), aside.rows));
                    call.ask.unavailable("budgets cannot be asked: " + reason);
                });
            }
        }
    }

    private List<Aside> giving(Holdings held, Batch batch, Round round) {
        List<Aside> given = new ArrayList<>();
        for (Allowance allowance : batch.gives) {
            if (held.allowances().get(allowance.key) == allowance) {
                given.add(new Aside(allowance, enter(allowance, Long.MAX_VALUE), -1));
                round.give(allowance, given.getLast().rows);
            }
        }
        for (Allowance allowance : batch.looks) {
            round.place(allowance);
        }
        return given;
    }

    /** Reserves a call's rows, if they are there by now, or sets aside what is there and asks for the rest. */
    private void enter(Holdings held, Ask ask, Round round, List<InRound> calls) {
        Demand demand = Demand.of(held, ask.tenant.value(), ask.claims, clock.instant());
        Reservation covered = null;
        List<Aside> aside = new ArrayList<>();
        ReentrantLock lock = budgets.lock(ask.tenant.value());
        lock.lock();
        try {
            if (demand.isCovered()) {
                covered = demand.reserve(budgets);
            } else {
                demand.forEach((allowance, rows) -> {
                    long there = allowance.enterRound(rows);
                    aside.add(new Aside(allowance, there, round.want(calls.size(), allowance, rows - there)));
                });
            }
        } finally {
            lock.unlock();
        }
        if (covered != null) {
            ask.result.complete(new ReserveResult.Reserved(covered));
        } else {
            calls.add(new InRound(ask, demand, aside));
        }
    }

    private long enter(Allowance allowance, long most) {
        ReentrantLock lock = budgets.lock(allowance.key.tenant());
        lock.lock();
        try {
            return allowance.enterRound(most);
        } finally {
            lock.unlock();
        }
    }

    private void leave(List<Aside> all, long rows) {
        for (Aside aside : all) {
            ReentrantLock lock = budgets.lock(aside.allowance.key.tenant());
            lock.lock();
            try {
                aside.allowance.leaveRound(rows);
            } finally {
                lock.unlock();
            }
        }
    }

    private void learn(Round round, TakeOutcome.Taken taken) {
        for (int i = 0; i < taken.windows().size(); i++) {
            Allowance window = round.windows().get(i);
            ReentrantLock lock = budgets.lock(window.key.tenant());
            lock.lock();
            try {
                window.learn(taken.windows().get(i));
            } finally {
                lock.unlock();
            }
        }
    }

    /** Answers a call: a round trip grants it all that it asked or nothing. */
    private void settle(InRound call, Round round, TakeOutcome.Taken taken) {
        boolean granted = true;
        boolean late = false;
        for (Aside aside : call.aside) {
            granted &= taken.granted().get(aside.wanted) != null;
            late |= state(aside, round, taken).late();
        }
        ReserveResult result;
        ReentrantLock lock = budgets.lock(call.ask.tenant.value());
        lock.lock();
        try {
            for (Aside aside : call.aside) {
                Long rows = taken.granted().get(aside.wanted);
                aside.allowance.leaveRound(aside.rows + (granted && rows != null ? rows : 0));
                // Of a budget with several limits, each learns for itself.
                aside.allowance.learn(state(aside, round, taken));
            }
            result = granted ? new ReserveResult.Reserved(call.demand.reserve(budgets)) : call.demand.exhausted();
        } finally {
            lock.unlock();
        }
        if (!granted && late) {
            retry(call.ask);
        } else {
            call.ask.result.complete(result);
        }
    }

    private static TakeOutcome.WindowState state(Aside aside, Round round, TakeOutcome.Taken taken) {
        return taken.windows().get(round.wanted().get(aside.wanted).place() - 1);
    }

    private void begunAgain(Holdings held, List<InRound> calls) {
        node.renew(held.generation());
        for (InRound call : calls.reversed()) {
            retry(call.ask);
        }
    }

    private void retry(Ask ask) {
        if (ask.attempt < ATTEMPTS && !node.isRetired()) {
            again(ask);
        } else {
            ask.unavailable("budgets cannot be asked by this node at the moment");
        }
    }
}
