package dev.sallyport.policy;

import dev.sallyport.policy.document.Node;
import dev.sallyport.policy.lattice.AtMost;
import dev.sallyport.policy.lattice.Keyed;
import dev.sallyport.policy.lattice.Traced;
import dev.sallyport.policy.lattice.Union;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.budgets} and {@code spec.rate}. */
final class BudgetsReader {
    /** What is counted over more than a day is a budget: rates are kept in memory alone. */
    private static final Duration LONGEST_RATE = Duration.ofDays(1);

    private static final List<String> RATE_SCOPES = List.of("key", "tenant", "model");
    private static final List<String> BUDGET_SCOPES = List.of("key", "tenant", "model", "subject");

    private final Origin origin;
    private final Problems problems;
    private final Values values;

    BudgetsReader(Origin origin, Problems problems) {
        this.origin = origin;
        this.problems = problems;
        this.values = new Values(problems);
    }

    Keyed<BudgetKey, Traced<AtMost, Rule>> budgets(@Nullable Node node) {
        TreeMap<BudgetKey, Traced<AtMost, Rule>> budgets = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        if (node != null && !Values.isAny(node)) {
            values.items(node, "budgets, or any", false).forEach(item -> budget(item, ids, budgets));
        }
        return new Keyed<>(budgets);
    }

    private void budget(Node item, Set<String> ids, Map<BudgetKey, Traced<AtMost, Rule>> budgets) {
        Keys keys = Keys.of(item, Section.BUDGET, problems);
        String id = values.text(keys.need("id", "the budget's name"), Values.ID, "a budget's name");
        Set<BudgetScope> scope = scope(keys, BUDGET_SCOPES);
        Long limit = values.integer(keys.need("limit", "how many rows"), 0, Long.MAX_VALUE - 1);
        Node kind = keys.get("kind");
        String word = values.word(kind, List.of("calendar", "sliding"), List.of());
        values.word(keys.get("onExceed"), List.of("deny"), List.of("human_review"));
        Node zone = keys.get("zone");
        Node length = keys.need("window", "a length such as P1D");
        BudgetWindow window = null;
        if ("sliding".equals(word)) {
            window = sliding(length, zone);
        } else if (kind == null || word != null) {
            window = calendar(length, zone(zone));
        }
        List<String> controls = values.controls(keys.get("controls"));
        if (id != null && !ids.add(id)) {
            problems.at(item, "the budget \"" + id + "\" stands here a second time");
        }
        if (id == null || scope.isEmpty() || limit == null || window == null) {
            return;
        }
        Rule rule = origin.rule("budgets." + id, item.position().line(), controls);
        budgets.merge(new BudgetKey(scope, window), Traced.of(new AtMost(limit), rule), Traced::meet);
    }

    /** {@code any} is no rate. */
    Union<RateLimit, Rule> rate(@Nullable Node node) {
        if (node == null || Values.isAny(node)) {
            return Union.none();
        }
        Keys keys = Keys.of(node, Section.RATE, problems);
        Set<BudgetScope> scope = scope(keys, RATE_SCOPES);
        Long permits = values.integer(keys.need("permits", "how many calls"), 1, 1_000_000_000);
        Duration per = per(keys.need("per", "a duration such as PT1S"), permits);
        Long burst = values.integer(keys.get("burst"), 1, 1_000_000_000);
        List<String> controls = values.controls(keys.get("controls"));
        if (scope.isEmpty() || permits == null || per == null) {
            return Union.none();
        }
        RateLimit limit = new RateLimit(scope, permits, per, burst == null ? permits : burst);
        Rule rule = origin.rule("rate", node.position().line(), controls);
        return new Union<>(new TreeMap<>(Map.of(limit, new TreeSet<>(Set.of(rule)))));
    }

    private @Nullable Duration per(@Nullable Node node, @Nullable Long permits) {
        Duration per = values.duration(node);
        if (node == null || per == null) {
            return null;
        }
        if (per.compareTo(LONGEST_RATE) > 0) {
            problems.at(node, "a rate counts over at most a day; what is counted over longer is a budget");
            return null;
        }
        if (permits != null && per.compareTo(Duration.of(permits, ChronoUnit.MICROS)) < 0) {
            problems.at(node, "a rate is at most one call a microsecond");
            return null;
        }
        return per;
    }

    private Set<BudgetScope> scope(Keys keys, List<String> scopes) {
        Set<BudgetScope> scope = EnumSet.noneOf(BudgetScope.class);
        String several = String.join(", ", scopes.subList(0, scopes.size() - 1));
        String expected = several + " or " + scopes.getLast();
        Node node = keys.need("scope", expected + ", or several in a list");
        for (Node item : values.items(node, expected, true)) {
            String word = values.word(item, scopes, List.of());
            if (word != null) {
                scope.add(BudgetScope.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        if (node instanceof Node.Sequence list && list.items().isEmpty()) {
            problems.at(node, "expected at least one of " + several + " and " + scopes.getLast());
        }
        return scope;
    }

    private ZoneId zone(@Nullable Node node) {
        if (node instanceof Node.Scalar scalar && scalar.value() instanceof String text) {
            try {
                ZoneId zone = ZoneId.of(text);
                return zone.normalized().equals(ZoneOffset.UTC) ? ZoneOffset.UTC : zone;
            } catch (DateTimeException e) {
                problems.at(node, "expected a time zone such as UTC or Europe/Berlin; found " + Values.found(node));
            }
        } else if (node != null) {
            problems.at(node, "expected a time zone such as UTC or Europe/Berlin; found " + Values.found(node));
        }
        return ZoneOffset.UTC;
    }

    private @Nullable BudgetWindow sliding(@Nullable Node node, @Nullable Node zone) {
        if (zone != null) {
            problems.at(zone, "a sliding window follows no calendar: it has no zone");
        }
        if (node == null) {
            return null;
        }
        Duration length = node instanceof Node.Scalar scalar && scalar.value() instanceof String text
                ? Values.parseDuration(text)
                : null;
        if (length == null || !SlidingWindow.isLength(length)) {
            problems.at(
                    node,
                    "expected the length of a sliding window: whole minutes, from PT1M to P366D; found "
                            + Values.found(node));
            return null;
        }
        return zone == null ? new SlidingWindow(length) : null;
    }

    private @Nullable BudgetWindow calendar(@Nullable Node node, ZoneId zone) {
        if (node == null) {
            return null;
        }
        BudgetWindow window = node instanceof Node.Scalar scalar && scalar.value() instanceof String text
                ? calendarWindow(text, zone)
                : null;
        if (window == null) {
            problems.at(
                    node,
                    "expected a calendar window: P1D, P7D, P1M, P1Y, minutes that divide an hour such as PT1M, or"
                            + " hours that divide a day such as PT6H; found " + Values.found(node));
        }
        return window;
    }

    private static @Nullable BudgetWindow calendarWindow(String text, ZoneId zone) {
        return switch (text) {
            case "P1M" -> new CalendarWindow(CalendarWindow.Unit.MONTH, 1, zone);
            case "P1Y" -> new CalendarWindow(CalendarWindow.Unit.YEAR, 1, zone);
            case "P1W" -> new CalendarWindow(CalendarWindow.Unit.WEEK, 1, zone);
            default -> {
                Duration length = Values.parseDuration(text);
                yield length == null ? null : calendarWindow(length, zone);
            }
        };
    }

    private static @Nullable BudgetWindow calendarWindow(Duration length, ZoneId zone) {
        if (length.equals(Duration.ofDays(1))) {
            return new CalendarWindow(CalendarWindow.Unit.DAY, 1, zone);
        }
        if (length.equals(Duration.ofDays(7))) {
            return new CalendarWindow(CalendarWindow.Unit.WEEK, 1, zone);
        }
        long minutes = length.toMinutes();
        boolean whole = minutes > 0 && length.equals(Duration.ofMinutes(minutes));
        if (whole && minutes < 60 && 60 % minutes == 0) {
            return new CalendarWindow(CalendarWindow.Unit.MINUTES, (int) minutes, zone);
        }
        if (whole && minutes % 60 == 0 && minutes < 24 * 60 && 24 * 60 % minutes == 0) {
            return new CalendarWindow(CalendarWindow.Unit.HOURS, (int) (minutes / 60), zone);
        }
        return null;
    }
}
