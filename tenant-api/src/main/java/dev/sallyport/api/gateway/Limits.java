package dev.sallyport.api.gateway;

import dev.sallyport.api.gateway.Stages.Admitted;
import dev.sallyport.api.gateway.Stages.Reserved;
import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.oip.ErrorCode;
import dev.sallyport.api.oip.Refusal;
import dev.sallyport.ledger.BudgetClaim;
import dev.sallyport.ledger.ReserveResult;
import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.RateRule;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Rates, then budgets: what a permitted call may still be too much for. */
final class Limits {
    /** Clients sleep on Retry-After; the true reset stands in the text. */
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);

    private final RateLimits rates = new RateLimits();
    private final Reservations budgets;

    Limits(Reservations budgets) {
        this.budgets = budgets;
    }

    /**
     * Takes a permit of each rate and reserves the call's rows of each budget.
     *
     * @return fails with {@link CallRefused}: 429, 503
     */
    Future<Reserved> reserve(Admitted admitted) {
        Caller caller = admitted.asked().addressed().caller();
        ModelName model = admitted.asked().addressed().model().alias();
        var exceeded = rates.take(admitted.admission().rates(), caller.tenant(), caller.lineage(), model);
        if (exceeded.isPresent()) {
            return Future.failedFuture(tooFast(admitted, exceeded.get()));
        }
        if (admitted.admission().budgets().isEmpty()) {
            return Future.succeededFuture(new Reserved(admitted, null));
        }
        List<BudgetClaim> claims = new ArrayList<>();
        for (BudgetRule rule : admitted.admission().budgets()) {
            claims.add(new BudgetClaim(rule, rule.identity(caller.tenant(), caller.lineage(), model, null)));
        }
        return admitted.call()
                .here(budgets.reserve(caller.tenant(), claims, admitted.facts().rows()))
                .map(result -> reserved(admitted, result));
    }

    private static Reserved reserved(Admitted admitted, ReserveResult result) {
        return switch (result) {
            case ReserveResult.Reserved reserved -> new Reserved(admitted, reserved.reservation());
            case ReserveResult.Exhausted exhausted -> throw spent(admitted, exhausted);
            case ReserveResult.Unavailable unavailable ->
                throw new CallRefused(Denial.unavailable(
                        ErrorCode.BUDGET_UNAVAILABLE,
                        "budgets cannot be read at the moment",
                        unavailable.retryAfter()));
        };
    }

    private static CallRefused tooFast(Admitted admitted, RateLimits.Exceeded exceeded) {
        RateRule rule = exceeded.rule();
        String sentence = "rate \"%s\" allows %d calls in %s and %d at once"
                .formatted(rule.id(), rule.permits(), rule.per(), rule.burst());
        return refused(admitted, ErrorCode.RATE_LIMITED, sentence, List.of(rule.origin()), exceeded.retryAfter());
    }

    private static CallRefused spent(Admitted admitted, ReserveResult.Exhausted exhausted) {
        BudgetRule rule = exhausted.rule();
        Instant now = admitted.facts().now();
        String sentence = "budget \"%s\" of %d rows has %d left, and the call asks for %d; it is whole again at %s"
                .formatted(
                        rule.id(),
                        rule.limit(),
                        exhausted.remaining(),
                        admitted.facts().rows(),
                        exhausted.reset().truncatedTo(ChronoUnit.SECONDS));
        return refused(
                admitted,
                ErrorCode.BUDGET_EXHAUSTED,
                sentence,
                List.of(rule.origin()),
                Duration.between(now, exhausted.reset()));
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
