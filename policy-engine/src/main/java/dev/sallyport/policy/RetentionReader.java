package dev.sallyport.policy;

import dev.sallyport.policy.document.Node;
import dev.sallyport.policy.lattice.AtLeast;
import dev.sallyport.policy.lattice.Traced;
import java.time.DateTimeException;
import java.time.Period;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code spec.retention}: how long records of decisions are kept at least, in months. A record's class is fixed when
 * it is written, so a floor is all that can be asked for so far.
 */
final class RetentionReader {
    /** The months of the longest retention class: a longer floor could not be kept. */
    static final int LONGEST_MONTHS = 84;

    private static final Pattern DAYS = Pattern.compile("([0-9]{1,5})d");
    private static final int FEWEST_DAYS_IN_A_YEAR = 365;
    private static final int FEWEST_DAYS_IN_A_MONTH = 28;
    private static final int MOST = 100_000;
    private static final String FORM = "a period such as P6Y, P18M, P90D or 90d, or any";

    private final Origin origin;
    private final Problems problems;

    RetentionReader(Origin origin, Problems problems) {
        this.origin = origin;
        this.problems = problems;
    }

    Traced<AtLeast, Rule> decisionLogFloor(@Nullable Node retention) {
        Node decisionLog = retention == null
                ? null
                : Keys.of(retention, Section.RETENTION, problems).get("decisionLog");
        Node floor = decisionLog == null
                ? null
                : Keys.of(decisionLog, Section.DECISION_LOG, problems).get("floor");
        if (floor == null) {
            return Traced.unsaid(AtLeast.NOTHING);
        }
        Rule rule = origin.rule("retention.decisionLog.floor", floor.position().line());
        return Traced.of(Values.isAny(floor) ? AtLeast.NOTHING : floor(floor), rule);
    }

    private AtLeast floor(Node node) {
        Period period =
                node instanceof Node.Scalar scalar && scalar.value() instanceof String text ? parse(text) : null;
        if (period == null) {
            problems.at(node, "expected " + FORM + "; found " + Values.found(node));
            return AtLeast.NOTHING;
        }
        long months = months(period);
        if (months > LONGEST_MONTHS) {
            problems.notYet(node, "keeping records longer than " + LONGEST_MONTHS + " months");
            return AtLeast.NOTHING;
        }
        return new AtLeast(months);
    }

    private static @Nullable Period parse(String text) {
        try {
            var days = DAYS.matcher(text);
            Period period = days.matches() ? Period.ofDays(Integer.parseInt(days.group(1))) : Period.parse(text);
            boolean sane = within(period.getYears()) && within(period.getMonths()) && within(period.getDays());
            return sane ? period : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean within(int count) {
        return count >= 0 && count <= MOST;
    }

    /** The fewest whole months that are as long wherever in the calendar they begin. */
    private static long months(Period period) {
        long whole = 12L * period.getYears() + period.getMonths();
        int years = period.getDays() / FEWEST_DAYS_IN_A_YEAR;
        int days = period.getDays() % FEWEST_DAYS_IN_A_YEAR;
        return whole + 12L * years + Math.min(12, Math.ceilDiv(days, FEWEST_DAYS_IN_A_MONTH));
    }

    /** Months as a policy writes them. */
    static String text(AtLeast floor) {
        return floor.floor() == 0
                ? "any"
                : Period.ofMonths(Math.toIntExact(floor.floor())).normalized().toString();
    }
}
