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
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.budget.BudgetClaim;
import dev.sallyport.ledger.budget.Reservation;
import dev.sallyport.ledger.budget.ReserveResult;
import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.BudgetScope;
import dev.sallyport.policy.CalendarWindow;
import dev.sallyport.policy.Layer;
import dev.sallyport.policy.Rule;
import dev.sallyport.policy.TenantId;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What the ledger keeps of a usual answer: a record with its facts, and a charge of one budget. */
final class UsualAnswer {
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

    UsualAnswer(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Reserves a row and has the record made durable. */
    CompletionStage<AppendResult> append(TenantId tenant) {
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
}
