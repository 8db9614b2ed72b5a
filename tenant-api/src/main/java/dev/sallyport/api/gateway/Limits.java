package dev.sallyport.api.gateway;

import dev.sallyport.api.gateway.Stages.Admitted;
import dev.sallyport.api.gateway.Stages.Reserved;
import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.oip.ErrorCode;
import dev.sallyport.api.oip.Refusal;
import dev.sallyport.ledger.budget.BudgetState;
import dev.sallyport.ledger.budget.ReserveResult;
import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.BudgetScope;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.RateRule;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rates, then budgets: what a permitted call may still be too much for. */
final class Limits {
    /** Clients sleep on Retry-After; the true reset stands in the text. */
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);

    private final RateLimits rates = new RateLimits();
    private final Reservations budgets;
    private final Handles handles;

    /**
     * Makes the node's limits.
     *
     * @param budgets where rows are reserved
     * @param handles what people are counted under
     */
    Limits(Reservations budgets, Handles handles) {
        this.budgets = budgets;
        this.handles = handles;
    }

    /**
     * Takes a permit of each rate and reserves the call's rows of each budget.
     *
     * @return fails with {@link CallRefused}: 429, 503
     */
    Future<Reserved> reserve(Admitted admitted) {
        Caller caller = admitted.asked().addressed().caller();
        ModelName model = admitted.asked().addressed().model().alias();
        var taken = rates.take(admitted.admission().rates(), caller.tenant(), caller.lineage(), model);
        if (taken.exceeded() != null) {
            show(admitted, taken.states(), List.of());
            return Future.failedFuture(tooFast(admitted, taken.exceeded()));
        }
        List<BudgetRule> rules = admitted.admission().budgets();
        if (rules.isEmpty()) {
            if (!taken.states().isEmpty()) {
                show(admitted, taken.states(), List.of());
            }
            return Future.succeededFuture(new Reserved(admitted, null));
        }
        if (rules.stream().noneMatch(rule -> rule.scope().contains(BudgetScope.SUBJECT))) {
            return ask(admitted, BudgetClaims.of(admitted, Map.of()), taken.states());
        }
        Set<String> subjects = Set.copyOf(admitted.asked().declared().subjects());
        return admitted.call()
                .here(handles.of(caller.tenant(), subjects))
                .recover(failure -> Future.failedFuture(
                        unavailable("people cannot be counted at the moment", Duration.ofSeconds(1))))
                .compose(known -> ask(admitted, BudgetClaims.of(admitted, known), taken.states()));
    }

    private Future<Reserved> ask(Admitted admitted, BudgetClaims claims, List<RateLimits.RateState> rated) {
        var tenant = admitted.asked().addressed().caller().tenant();
        return admitted.call()
                .here(budgets.reserve(tenant, claims.claims()))
                .map(result -> reserved(admitted, claims, rated, result));
    }

    private static Reserved reserved(
            Admitted admitted, BudgetClaims claims, List<RateLimits.RateState> rated, ReserveResult result) {
        return switch (result) {
            case ReserveResult.Reserved reserved -> {
                show(admitted, rated, reserved.reservation().states());
                yield new Reserved(admitted, reserved.reservation());
            }
            case ReserveResult.Exhausted exhausted -> {
                show(admitted, rated, exhausted.states());
                throw spent(admitted, claims, exhausted);
            }
            case ReserveResult.Unavailable unavailable ->
                throw unavailable("budgets cannot be read at the moment", unavailable.retryAfter());
        };
    }

    private static void show(Admitted admitted, List<RateLimits.RateState> rates, List<BudgetState> budgets) {
        admitted.call()
                .limited(RateLimitFields.of(rates, budgets, admitted.facts().now()));
    }

    private static CallRefused unavailable(String sentence, Duration retryAfter) {
        return new CallRefused(Denial.unavailable(ErrorCode.BUDGET_UNAVAILABLE, sentence, retryAfter));
    }

    private static CallRefused tooFast(Admitted admitted, RateLimits.Exceeded exceeded) {
        RateRule rule = exceeded.rule();
        String sentence = "rate \"%s\" allows %d calls in %s and %d at once"
                .formatted(rule.id(), rule.permits(), rule.per(), rule.burst());
        return refused(admitted, ErrorCode.RATE_LIMITED, sentence, List.of(rule.origin()), exceeded.retryAfter());
    }

    private static CallRefused spent(Admitted admitted, BudgetClaims claims, ReserveResult.Exhausted exhausted) {
        BudgetState spent = exhausted.spent();
        BudgetRule rule = spent.rule();
        String sentence = "budget \"%s\" of %d rows has %d left%s, and the call asks for %d; more is there at %s"
                .formatted(
                        rule.id(),
                        rule.limit(),
                        spent.remaining(),
                        claims.whose(exhausted),
                        claims.rows(exhausted),
                        spent.reset().truncatedTo(ChronoUnit.SECONDS));
        return refused(
                admitted,
                ErrorCode.BUDGET_EXHAUSTED,
                sentence,
                List.of(rule.origin()),
                Duration.between(admitted.facts().now(), spent.reset()));
    }

    private static CallRefused refused(
            Admitted admitted,
            ErrorCode code,
            String sentence,
            List<dev.sallyport.policy.Rule> rules,
            Duration retryAfter) {
        Duration shown = retryAfter.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : retryAfter;
        String policy = admitted.governed().policy().digest();
        return new CallRefused(new Denial(Refusal.of(code, sentence), rules, policy, null, null, true, shown));
    }
}
