package dev.sallyport.api.gateway;

import dev.sallyport.policy.BudgetScope;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.RateRule;
import dev.sallyport.policy.TenantId;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets of calls, in memory. A bucket belongs to who is counted and how fast they may be, not to a rule's id, so
 * that publishing a policy again does not fill it. Thread-safe.
 */
final class RateLimits {
    private static final int MAX_BUCKETS = 100_000;

    private final ConcurrentHashMap<Key, Bucket> buckets = new ConcurrentHashMap<>();

    private record Key(
            TenantId tenant, @Nullable String key, @Nullable ModelName model, long permits, Duration per, long burst) {}

    /**
     * A rate that has no permit left.
     *
     * @param rule which
     * @param retryAfter how long until it has one
     */
    record Exceeded(RateRule rule, Duration retryAfter) {}

    /**
     * How a rate stands.
     *
     * @param rule which
     * @param remaining permits that are there now
     * @param reset how long until it has as many as it ever has
     */
    record RateState(RateRule rule, long remaining, Duration reset) {}

    /**
     * What became of a call's permits.
     *
     * @param states how the rates stand; the one that is exceeded alone where one is
     * @param exceeded the rate that has none left; null where all gave one
     */
    record Outcome(List<RateState> states, @Nullable Exceeded exceeded) {}

    /**
     * Takes one permit of each rate, or none of any.
     *
     * @param key lineage of the caller's key
     * @param model the name under which the tenant knows it
     */
    Outcome take(List<RateRule> rules, TenantId tenant, String key, ModelName model) {
        List<RateState> states = new ArrayList<>(rules.size());
        for (int i = 0; i < rules.size(); i++) {
            RateRule rule = rules.get(i);
            ConsumptionProbe probe = bucket(rule, tenant, key, model).tryConsumeAndReturnRemaining(1);
            states.add(
                    new RateState(rule, probe.getRemainingTokens(), Duration.ofNanos(probe.getNanosToWaitForReset())));
            if (!probe.isConsumed()) {
                for (int taken = 0; taken < i; taken++) {
                    bucket(rules.get(taken), tenant, key, model).addTokens(1);
                }
                return new Outcome(
                        List.of(states.getLast()),
                        new Exceeded(rule, Duration.ofNanos(probe.getNanosToWaitForRefill())));
            }
        }
        return new Outcome(states, null);
    }

    private Bucket bucket(RateRule rule, TenantId tenant, String key, ModelName model) {
        Key counted = new Key(
                tenant,
                rule.scope().contains(BudgetScope.KEY) ? key : null,
                rule.scope().contains(BudgetScope.MODEL) ? model : null,
                rule.permits(),
                rule.per(),
                rule.burst());
        Bucket known = buckets.get(counted);
        if (known != null) {
            return known;
        }
        if (buckets.size() >= MAX_BUCKETS) {
            forgetFull();
        }
        return buckets.computeIfAbsent(counted, RateLimits::fresh);
    }

    /** A full bucket is as good as none. */
    private void forgetFull() {
        buckets.entrySet()
                .removeIf(entry ->
                        entry.getValue().getAvailableTokens() >= entry.getKey().burst());
    }

    private static Bucket fresh(Key key) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(key.burst())
                        .refillGreedy(key.permits(), key.per())
                        .build())
                .withNanosecondPrecision()
                .build();
    }
}
