package dev.sallyport.ledger;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * What is used and reserved of one window of one budget. Everything but {@code loaded} is guarded by the lock of the
 * budget's tenant.
 */
final class BudgetWindowState {
    final Key key;
    final Instant end;

    /** Completed once the committed sum was read; until then nothing is reserved. */
    final CompletableFuture<Long> loaded = new CompletableFuture<>();

    private long used;
    private long reserved;
    private boolean open;
    private boolean forgotten;

    /**
     * What names a window.
     *
     * @param tenant the tenant
     * @param budget the budget's identity
     * @param start the window's beginning
     */
    record Key(String tenant, String budget, Instant start) {}

    BudgetWindowState(Key key, Instant end) {
        this.key = key;
        this.end = end;
    }

    /** Takes the committed sum, the first time that it is known. */
    void open(long committed) {
        if (!open) {
            open = true;
            used = committed;
        }
    }

    boolean isForgotten() {
        return forgotten;
    }

    /** Lets go of the window, unless rows of it are still held: their outcome is not in the committed sum. */
    boolean forget() {
        forgotten |= reserved == 0;
        return forgotten;
    }

    long remaining(long limit) {
        return Math.max(0, limit - used - reserved);
    }

    void reserve(long rows) {
        reserved += rows;
    }

    void settle(long rows, boolean committed) {
        reserved -= rows;
        if (committed) {
            used += rows;
        }
    }
}
