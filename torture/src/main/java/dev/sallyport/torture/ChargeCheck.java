package dev.sallyport.torture;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Charge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What was used of each budget is what its records charged, and never more than its limit. A record names a person by a
 * pseudonym that no other record has, so what people were charged is compared in sum, and their limits with the
 * database's rows.
 */
final class ChargeCheck implements Books.Check {
    private static final long MICROS = 1_000_000;
    private static final String USED = """
        SELECT tenant, budget, (extract(epoch FROM window_start) * 1000000)::bigint, sum(used)::bigint
        FROM budget_shares GROUP BY 1, 2, 3\
        """;

    private final Database database;
    private final Violations violations;
    private final Map<Window, Long> charged = new HashMap<>();

    /**
     * A window of a budget, or a bucket of a sliding one.
     *
     * @param start microseconds since the epoch
     */
    private record Window(String tenant, String budget, long start) {
        /** The same for any person. */
        Window ofAnybody() {
            return new Window(tenant, budget.replaceFirst(" subject=\\S+", " subject=*"), start);
        }
    }

    ChargeCheck(Database database, Violations violations) {
        this.database = database;
        this.violations = violations;
    }

    @Override
    public void see(Books.Entry entry) {
        AuditRecord record = entry.record();
        for (Charge charge : record.charges()) {
            violations.looked("charges", 1);
            Window window = new Window(record.tenant(), charge.budget(), charge.window());
            charged.merge(window.ofAnybody(), charge.rows(), Long::sum);
        }
    }

    @Override
    public void end() {
        try {
            Map<Window, Long> used = used();
            limits(used);
            Map<Window, Long> sums = new HashMap<>();
            used.forEach((window, rows) -> sums.merge(window.ofAnybody(), rows, Long::sum));
            compare(sums);
        } catch (SQLException e) {
            throw new CouldNotRun("the sums of budgets cannot be read: " + e.getMessage(), e);
        }
    }

    private Map<Window, Long> used() throws SQLException {
        Map<Window, Long> used = new HashMap<>();
        try (Statement statement = database.superuser().createStatement();
                ResultSet rows = statement.executeQuery(USED)) {
            while (rows.next()) {
                used.put(new Window(rows.getString(1), rows.getString(2), rows.getLong(3)), rows.getLong(4));
            }
        }
        return used;
    }

    /** By the records, and for people by the rows of the database. */
    private void limits(Map<Window, Long> used) {
        Map<Window, Long> all = new HashMap<>(charged);
        used.forEach((window, rows) -> all.merge(window, rows, Math::max));
        Map<String, NavigableMap<Long, Long>> sliding = new HashMap<>();
        all.forEach((window, rows) -> {
            if (Policies.isSliding(window.budget())) {
                sliding.computeIfAbsent(window.budget(), any -> new TreeMap<>()).put(window.start(), rows);
            } else if (!window.budget().contains(" subject=*")) {
                within(window.budget(), window.start(), rows);
            }
        });
        sliding.forEach(this::slide);
    }

    /** A bucket and those that begin within a window's length before it hold no more than the limit. */
    private void slide(String budget, NavigableMap<Long, Long> buckets) {
        long length = Policies.SLIDING.toSeconds() * MICROS;
        buckets.keySet()
                .forEach(start -> within(
                        budget,
                        start,
                        buckets.subMap(start - length, true, start, true).values().stream()
                                .mapToLong(Long::longValue)
                                .sum()));
    }

    private void within(String budget, long start, long rows) {
        violations.looked("limits", 1);
        long limit = Policies.limit(budget);
        if (rows > limit) {
            violations.add(
                    "limits", budget + " was charged " + rows + " rows of " + limit + " in the window of " + start);
        }
    }

    private void compare(Map<Window, Long> sums) {
        Map<Window, Long> open = new HashMap<>(charged);
        sums.forEach((window, used) -> {
            Long records = open.remove(window);
            violations.looked("sums", 1);
            if (used != (records == null ? 0 : records)) {
                violations.add("sums", window + " has used " + used + " and its records charged " + records);
            }
        });
        open.forEach((window, rows) -> violations.add("sums", window + " has no sum and records of " + rows + " rows"));
    }
}
