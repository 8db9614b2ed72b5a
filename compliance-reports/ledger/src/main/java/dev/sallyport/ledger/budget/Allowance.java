package dev.sallyport.ledger.budget;

import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.BudgetScope;
import java.time.Instant;

/**
 * What this node holds of one window of one budget under one limit: rows that the database granted and that are free
 * or reserved here. Everything that changes is guarded by the lock of the budget's tenant.
 */
final class Allowance {
    /** Budgets from this limit on are granted in blocks. */
    static final long LEASED_FROM = 1_000;

    /** A block is at most this part of the limit, and an eighth of what is left. */
    private static final long BLOCK_PART = 64;

    final Key key;
    final BudgetRule rule;
    final Instant start;
    final Instant end;
    final boolean leased;

    private long free;
    private long reserved;
    private long spoken;
    private Instant oldest;
    private long usedAt;
    private long knownAt;
    private int rounds;

    /**
     * What names an allowance.
     *
     * @param tenant the tenant
     * @param budget the budget's identity
     * @param start the window's beginning
     * @param limit the limit under which it was granted, and under which alone it is used
     */
    record Key(String tenant, String budget, Instant start, long limit) {}

    Allowance(Key key, BudgetRule rule) {
        this.key = key;
        this.rule = rule;
        this.start = key.start();
        this.end = rule.window().end(start);
        this.leased = key.limit() >= LEASED_FROM && !rule.scope().contains(BudgetScope.SUBJECT);
        this.oldest = start;
        this.usedAt = System.nanoTime();
        this.knownAt = usedAt;
    }

    long free() {
        return free;
    }

    long block() {
        return leased ? key.limit() / BLOCK_PART : 0;
    }

    /** What is left under a limit: what nobody was granted, and what is free here. */
    long remaining(long limit) {
        return Math.max(0, limit - spoken + free);
    }

    Instant reset() {
        return rule.window().countsUntil(oldest);
    }

    void reserve(long rows) {
        free -= rows;
        reserved += rows;
        usedAt = System.nanoTime();
    }

    void settle(long rows, boolean used) {
        reserved -= rows;
        if (!used) {
            free += rows;
        }
    }

    /** Takes what is free off, up to so many rows, for a round to the database; returns how many. */
    long enterRound(long most) {
        rounds++;
        long taken = Math.min(free, most);
        free -= taken;
        return taken;
    }

    /** Ends a round: these rows are free now. */
    void leaveRound(long rows) {
        rounds--;
        free += rows;
    }

    /** Takes in what the database said. */
    void learn(TakeOutcome.WindowState state) {
        spoken = state.spoken();
        oldest = state.oldest() == null ? start : state.oldest();
        knownAt = System.nanoTime();
    }

    /** Whether free rows should go back: they are of a small budget, or were not used lately, or are over. */
    boolean isIdle(Instant now, long idleNanos) {
        return free > 0 && (!leased || !now.isBefore(end) || System.nanoTime() - usedAt > idleNanos);
    }

    /** Whether it was used, and others may have taken rows since the database was last asked. */
    boolean isUnsure(long idleNanos) {
        return leased && usedAt - knownAt > 0 && System.nanoTime() - knownAt > idleNanos;
    }

    boolean isEmpty() {
        return free == 0 && reserved == 0 && rounds == 0;
    }
}
