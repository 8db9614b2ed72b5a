package dev.sallyport.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.policy.BudgetScope;
import dev.sallyport.policy.Layer;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.RateRule;
import dev.sallyport.policy.Rule;
import dev.sallyport.policy.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every rate that a policy may name can be counted. */
final class RateLimitsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final ModelName RISK = new ModelName("risk");

    private static RateRule rate(long permits, Duration per, long burst) {
        Rule origin = new Rule("rate", Layer.TENANT, "acme", "0".repeat(64), 1, List.of());
        return new RateRule("rate", Set.of(BudgetScope.KEY), permits, per, burst, origin);
    }

    @Test
    void take_largestRates_areCounted() {
        for (RateRule rule : List.of(
                rate(1_000_000_000, Duration.ofDays(1), 1_000_000_000),
                rate(1_000_000, Duration.ofSeconds(1), 1_000_000_000),
                rate(1_000, Duration.ofMillis(1), 1_000))) {
            assertThat(new RateLimits().take(List.of(rule), ACME, "key-1", RISK).exceeded())
                    .isNull();
        }
    }

    @Test
    void take_oneADay_isExceededByTheSecond() {
        RateLimits limits = new RateLimits();
        RateRule rule = rate(1, Duration.ofDays(1), 1);
        assertThat(limits.take(List.of(rule), ACME, "key-1", RISK).exceeded()).isNull();
        assertThat(limits.take(List.of(rule), ACME, "key-1", RISK).exceeded())
                .isNotNull()
                .satisfies(exceeded ->
                        assertThat(exceeded.retryAfter()).isBetween(Duration.ofHours(23), Duration.ofDays(1)));
        assertThat(limits.take(List.of(rule), ACME, "key-2", RISK).exceeded()).isNull();
    }
}
