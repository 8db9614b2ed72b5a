package dev.sallyport.policy;

import dev.sallyport.policy.lattice.Meet;
import dev.sallyport.policy.lattice.Traced;
import dev.sallyport.policy.lattice.Union;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Lists every setting of a policy with its value and its origin, for people to read and for the policy's digest. */
final class SettingsList {
    private static final Comparator<Setting> IN_ORDER =
            Comparator.comparing(Setting::path).thenComparing(Setting::value).thenComparing(Setting::origin);

    private final Citations citations;
    private final List<Setting> list = new ArrayList<>();

    private SettingsList(Citations citations) {
        this.citations = citations;
    }

    static List<Setting> of(Settings settings, Citations citations, List<BudgetRule> budgets, List<RateRule> rates) {
        var made = new SettingsList(citations);
        made.purposes(settings);
        made.input(settings);
        made.retention(settings);
        made.limits(budgets, rates);
        made.output(settings);
        made.union(
                "conditions",
                settings.conditions(),
                NamedCondition::id,
                named -> named.condition().expression());
        made.union("controls", settings.citations(), Citation::path, Citation::control);
        made.list.sort(IN_ORDER);
        return List.copyOf(made.list);
    }

    private void purposes(Settings settings) {
        traced("purposes", settings.purposes());
        settings.terms().values().forEach((id, terms) -> {
            if (settings.purposes().value().allows(id)) {
                PurposeTerms stated = terms.value();
                add(
                        "purposes." + id,
                        "lawfulBasis: " + stated.lawfulBasis() + ", art9: " + stated.art9() + ", hipaa: "
                                + stated.hipaa(),
                        terms.said().firstKey());
            }
        });
    }

    private void input(Settings settings) {
        traced("input.unknownFields", settings.unknownFields());
        traced("input.allowed", settings.allowed());
        traced("input.maxBytes", settings.maxBytes());
        traced("input.maxRows", settings.maxRows());
        union("input.required", settings.required(), field -> field, field -> "required");
        union("input.forbidden", settings.forbidden(), field -> field, field -> "forbidden");
        union(
                "input.actions",
                settings.actions(),
                action -> action.type() + (action.field().isEmpty() ? "" : "." + action.field()),
                action -> action.action().name().toLowerCase(Locale.ROOT) + " from confidence "
                        + action.minConfidence()
                        + (action.reason().isEmpty() ? "" : " as " + action.reason()));
    }

    private void retention(Settings settings) {
        Rule origin = Resolution.firstOrNull(settings.retention());
        if (origin != null) {
            add(origin.id(), RetentionReader.text(settings.retention().value()), origin);
        }
    }

    private void limits(List<BudgetRule> budgets, List<RateRule> rates) {
        for (BudgetRule budget : budgets) {
            list.add(new Setting(
                    "budgets." + budget.id(),
                    budget.limit() + " rows, scope=" + scopes(budget.scope()) + " "
                            + budget.window().text(),
                    budget.origin()));
        }
        for (RateRule rate : rates) {
            list.add(new Setting(
                    "rate." + rate.id(),
                    rate.permits() + " calls per " + rate.per() + ", burst " + rate.burst() + ", scope="
                            + scopes(rate.scope()),
                    rate.origin()));
        }
    }

    private static String scopes(Set<BudgetScope> scope) {
        return String.join(",", scope.stream().sorted().map(BudgetScope::id).toList());
    }

    private void output(Settings settings) {
        Rule shape = Resolution.firstOrNull(settings.shape());
        if (shape != null) {
            add("output.shape", settings.shape().value().value().name().toLowerCase(Locale.ROOT), shape);
        }
        traced("output.topK", settings.topK());
        traced("output.roundTo", settings.decimals());
    }

    private <V extends Meet<V>> void traced(String path, Traced<V, Rule> traced) {
        Rule origin = Resolution.firstOrNull(traced);
        if (origin != null) {
            add(path, traced.value().toString(), origin);
        }
    }

    private <E extends Comparable<E>> void union(
            String path, Union<E, Rule> union, Function<E, String> name, Function<E, String> value) {
        union.asked()
                .forEach(
                        (element, rules) -> add(path + "." + name.apply(element), value.apply(element), rules.first()));
    }

    private void add(String path, String value, Rule origin) {
        list.add(new Setting(path, value, citations.cite(origin)));
    }
}
