package dev.sallyport.policy;

import dev.sallyport.policy.lattice.AtMost;
import dev.sallyport.policy.lattice.Meet;
import dev.sallyport.policy.lattice.Traced;
import dev.sallyport.policy.output.OutputObligation;
import dev.sallyport.policy.output.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Makes of combined settings what decisions need: purposes, budgets, rates and obligations as plain rules. */
final class Resolution {
    private static final String BUDGETS = "budgets.";

    private final Settings settings;
    private final Citations citations;

    Resolution(Settings settings, Citations citations) {
        this.settings = settings;
        this.citations = citations;
    }

    List<PurposeRule> purposes() {
        SortedSet<String> ids = settings.purposes().value().members();
        List<PurposeRule> purposes = new ArrayList<>();
        for (String id : ids == null ? List.<String>of() : ids) {
            Traced<PurposeTerms, Rule> terms = settings.terms().values().get(id);
            if (terms != null) {
                PurposeTerms stated = terms.value();
                purposes.add(new PurposeRule(
                        id,
                        stated.lawfulBasis().value(),
                        stated.art9().value(),
                        stated.hipaa().value(),
                        citations.cite(terms.said().firstKey())));
            }
        }
        return purposes;
    }

    List<BudgetRule> budgets() {
        List<BudgetRule> budgets = new ArrayList<>();
        settings.budgets().values().forEach((key, limit) -> {
            Rule origin = citations.cite(first(limit));
            String id = origin.id().substring(BUDGETS.length());
            budgets.add(new BudgetRule(id, key.scope(), limit.value().limit(), key.window(), origin));
        });
        budgets.sort(Comparator.comparing(BudgetRule::id).thenComparing(BudgetRule::origin));
        Set<String> taken = new HashSet<>();
        budgets.replaceAll(budget -> new BudgetRule(
                free(budget.id(), taken), budget.scope(), budget.limit(), budget.window(), budget.origin()));
        return budgets;
    }

    List<RateRule> rates() {
        List<RateRule> rates = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        settings.rates()
                .asked()
                .forEach((limit, rules) -> rates.add(new RateRule(
                        free("rate-" + limit.scopeText(), taken),
                        limit.scope(),
                        limit.permits(),
                        limit.per(),
                        limit.burst(),
                        citations.cite(rules.first()))));
        return rates;
    }

    /** An id, or the id with the first number that makes it unique. */
    private static String free(String id, Set<String> taken) {
        String candidate = id;
        for (int number = 2; !taken.add(candidate); number++) {
            candidate = id + "-" + number;
        }
        return candidate;
    }

    Obligations obligations() {
        Shape shape = settings.shape().value().value();
        AtMost topK = settings.topK().value();
        AtMost decimals = settings.decimals().value();
        List<Rule> rules = new ArrayList<>();
        if (shape != Shape.FULL) {
            rules.add(citations.cite(first(settings.shape())));
        }
        if (shape == Shape.TOPK) {
            rules.add(citations.cite(first(settings.topK())));
        }
        if (decimals.isLimited()) {
            rules.add(citations.cite(first(settings.decimals())));
        }
        OutputObligation output = new OutputObligation(
                shape,
                shape == Shape.TOPK ? (int) topK.limit() : 0,
                decimals.isLimited() ? (int) decimals.limit() : -1);
        return new Obligations(output, rules, release());
    }

    private List<ReleaseCondition> release() {
        List<ReleaseCondition> release = new ArrayList<>();
        for (Map.Entry<NamedCondition, SortedSet<Rule>> entry :
                settings.conditions().asked().entrySet()) {
            NamedCondition named = entry.getKey();
            if (named.condition().onOutput()) {
                Rule rule = citations.cite(entry.getValue().first());
                release.add(new ReleaseCondition(named.id(), named.condition(), named.reason(), rule));
            }
        }
        return release;
    }

    /** Who made a value what it is; for one that only several together made, the first of them. */
    static <V extends Meet<V>> Rule first(Traced<V, Rule> traced) {
        return traced.origin().orElseGet(() -> traced.said().firstKey());
    }

    /** As above; null when nobody said anything. */
    static <V extends Meet<V>> @Nullable Rule firstOrNull(Traced<V, Rule> traced) {
        return traced.said().isEmpty() ? null : first(traced);
    }
}
