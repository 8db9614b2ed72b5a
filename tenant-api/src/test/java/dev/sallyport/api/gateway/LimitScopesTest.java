package dev.sallyport.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.BudgetScope;
import dev.sallyport.policy.CalendarWindow;
import dev.sallyport.policy.Layer;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.RateRule;
import dev.sallyport.policy.Rule;
import dev.sallyport.policy.TenantId;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who shares a rate or a budget, by its scope. */
final class LimitScopesTest {
    private static final Rule RULE = new Rule("rate", Layer.TENANT, "t", "0".repeat(64), 1, List.of());

    @ParameterizedTest
    @CsvSource({
        "KEY,    acme, k1, risk,   true",
        "KEY,    acme, k1, simple, true",
        "KEY,    acme, k2, risk,   false",
        "KEY,    euro, k1, risk,   false",
        "TENANT, acme, k2, simple, true",
        "TENANT, euro, k1, risk,   false",
        "MODEL,  acme, k2, risk,   true",
        "MODEL,  acme, k1, simple, false",
        "MODEL,  euro, k1, risk,   false"
    })
    void scope_ofARateOrABudget_saysWhoSharesIt(
            BudgetScope scope, String tenant, String key, String model, boolean shared) {
        RateLimits rates = new RateLimits();
        RateRule rate = new RateRule("r", Set.of(scope), 1, Duration.ofDays(1), 1, RULE);
        assertThat(rates.take(List.of(rate), new TenantId("acme"), "k1", new ModelName("risk")))
                .extracting(RateLimits.Outcome::exceeded)
                .isNull();
        assertThat(rates.take(List.of(rate), new TenantId(tenant), key, new ModelName(model))
                                .exceeded()
                        != null)
                .isEqualTo(shared);

        CalendarWindow day = new CalendarWindow(CalendarWindow.Unit.DAY, 1, ZoneOffset.UTC);
        BudgetRule budget = new BudgetRule("b", Set.of(scope), 1, day, RULE);
        String first = budget.identity(new TenantId("acme"), "k1", new ModelName("risk"), null);
        assertThat(budget.identity(new TenantId(tenant), key, new ModelName(model), null)
                        .equals(first))
                .isEqualTo(shared);
    }
}
