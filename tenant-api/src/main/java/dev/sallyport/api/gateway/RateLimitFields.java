package dev.sallyport.api.gateway;

import dev.sallyport.ledger.budget.BudgetState;
import dev.sallyport.policy.BudgetWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rates and budgets of a call as structured fields, an item each: draft-ietf-httpapi-ratelimit-headers-10. Budgets
 * count rows, and say so with the unit. A budget that is counted for several people is told once, of whom it has least
 * left.
 *
 * @param policy the field {@code RateLimit-Policy}
 * @param limit the field {@code RateLimit}
 */
record RateLimitFields(String policy, String limit) {
    /** The largest integer of a structured field. */
    private static final long LARGEST = 999_999_999_999_999L;

    /** One item of each field. */
    private record Item(String policy, long remaining, long resetSeconds) {}

    static RateLimitFields of(List<RateLimits.RateState> rates, List<BudgetState> budgets, Instant now) {
        Map<String, Item> items = new LinkedHashMap<>();
        for (RateLimits.RateState rate : rates) {
            String policy = ";q=" + rate.rule().permits() + ";w="
                    + Math.max(1, seconds(rate.rule().per()));
            least(items, rate.rule().id(), new Item(policy, rate.remaining(), seconds(rate.reset())));
        }
        for (BudgetState budget : budgets) {
            String policy = ";q=" + Math.min(LARGEST, budget.rule().limit()) + ";w="
                    + seconds(length(budget.rule().window(), now)) + ";qu=\"rows\"";
            long reset = Math.max(0, seconds(Duration.between(now, budget.reset())));
            least(items, budget.rule().id(), new Item(policy, budget.remaining(), reset));
        }
        var policies = new StringBuilder(64);
        var limits = new StringBuilder(64);
        items.forEach((id, item) -> {
            begin(policies, id).append(item.policy);
            begin(limits, id)
                    .append(";r=")
                    .append(Math.min(LARGEST, item.remaining))
                    .append(";t=")
                    .append(item.resetSeconds);
        });
        return new RateLimitFields(policies.toString(), limits.toString());
    }

    private static Duration length(BudgetWindow window, Instant now) {
        Instant start = window.start(now);
        Instant from = window.countsFrom(now);
        return from.equals(start) ? Duration.between(start, window.end(now)) : Duration.between(from, start);
    }

    private static void least(Map<String, Item> items, String id, Item item) {
        items.merge(id, item, (one, other) -> other.remaining < one.remaining ? other : one);
    }

    private static StringBuilder begin(StringBuilder field, String id) {
        return field.append(field.isEmpty() ? "\"" : ", \"").append(id).append('"');
    }

    /** Rounded up, so that nobody comes too early. */
    private static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
