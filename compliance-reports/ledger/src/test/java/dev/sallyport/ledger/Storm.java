package dev.sallyport.ledger;

import static dev.sallyport.ledger.LedgerFixture.FIRST;
import static dev.sallyport.ledger.LedgerFixture.daily;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.ledger.budget.Reservation;
import dev.sallyport.ledger.budget.ReserveResult;
import dev.sallyport.policy.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers that reserve, append and note what they were answered, until told to stop. */
final class Storm {
    final Set<String> answered = ConcurrentHashMap.newKeySet();
    final Map<String, String> receipts = new ConcurrentHashMap<>();
    final AtomicInteger refused = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> callers = new ArrayList<>();
    private final LedgerFixture fixture;

    Storm(LedgerFixture fixture, int callers, Duration patience) {
        this.fixture = fixture;
        for (int i = 0; i < callers; i++) {
            TenantId tenant = i % 2 == 0 ? LedgerFixture.ACME : LedgerFixture.EURO;
            this.callers.add(Thread.ofVirtual().start(() -> call(tenant, patience)));
        }
    }

    private void call(TenantId tenant, Duration patience) {
        while (!over.get()) {
            var reserved = fixture.ledger
                    .budgets()
                    .reserve(tenant, List.of(daily("a", 1_000_000_000, 2), daily("b", 1_000_000_000, 2)))
                    .toCompletableFuture()
                    .join();
            if (!(reserved instanceof ReserveResult.Reserved(Reservation reservation))) {
                refused.incrementAndGet();
                pause();
                continue;
            }
            AuditRecord record = fixture.permit(tenant, FIRST, reservation.charges());
            AppendResult result = fixture.ledger
                    .writer()
                    .append(Append.of(record, reservation, patience))
                    .toCompletableFuture()
                    .join();
            switch (result) {
                case AppendResult.Committed(String id, String receipt) -> {
                    answered.add(id);
                    receipts.put(id, receipt);
                }
                case AppendResult.Stale stale -> throw new AssertionError("nothing moved");
                case AppendResult.Unavailable unavailable -> {
                    refused.incrementAndGet();
                    pause();
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the storm and waits until every caller has been answered. */
    void stop() {
        over.set(true);
        for (Thread caller : callers) {
            try {
                caller.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
