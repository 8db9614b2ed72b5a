package dev.sallyport.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.ledger.budget.BudgetState;
import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.BudgetScope;
import dev.sallyport.policy.BudgetWindow;
import dev.sallyport.policy.CalendarWindow;
import dev.sallyport.policy.Layer;
import dev.sallyport.policy.RateRule;
import dev.sallyport.policy.Rule;
import dev.sallyport.policy.SlidingWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RateLimitFieldsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T23:00:00.250Z");
    private static final Rule RULE = new Rule("rule", Layer.TENANT, "t", "0".repeat(64), 1, List.of());

    private static BudgetState state(String id, long limit, BudgetWindow window, long remaining) {
        var rule = new BudgetRule(id, Set.of(BudgetScope.SUBJECT), limit, window, RULE);
        return new BudgetState(rule, remaining, window.countsUntil(NOW));
    }

    @Test
    void fields_haveAnItemARateAndABudgetById() {
        RateRule rate = new RateRule("rate-key", Set.of(BudgetScope.KEY), 50, Duration.ofMillis(500), 100, RULE);
        var month = new CalendarWindow(CalendarWindow.Unit.MONTH, 1, ZoneOffset.UTC);
        var sliding = new SlidingWindow(Duration.ofHours(1));

        RateLimitFields fields = RateLimitFields.of(
                List.of(new RateLimits.RateState(rate, 41, Duration.ofMillis(1_100))),
                List.of(
                        state("month", Long.MAX_VALUE - 1, month, Long.MAX_VALUE - 2),
                        state("person", 20, sliding, 7),
                        state("person", 20, sliding, 3)),
                NOW);

        assertThat(fields.policy())
                .isEqualTo("\"rate-key\";q=50;w=1, \"month\";q=999999999999999;w=2592000;qu=\"rows\","
                        + " \"person\";q=20;w=3600;qu=\"rows\"");
        assertThat(fields.limit())
                .isEqualTo("\"rate-key\";r=41;t=2, \"month\";r=999999999999999;t=608400, \"person\";r=3;t=3660");
    }
}
