package dev.sallyport.torture;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Charge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** What was used of each budget is what its records charged, and never more than its limit. */
final class ChargeCheck implements Books.Check {
    private final Database database;
    private final Violations violations;
    private final Map<Window, Long> charged = new HashMap<>();

    /**
     * A window of a budget.
     *
     * @param start microseconds since the epoch
     */
    private record Window(String tenant, String budget, long start) {}

    ChargeCheck(Database database, Violations violations) {
        this.database = database;
        this.violations = violations;
    }

    @Override
    public void see(Books.Entry entry) {
        AuditRecord record = entry.record();
        for (Charge charge : record.charges()) {
            violations.looked("charges", 1);
            charged.merge(new Window(record.tenant(), charge.budget(), charge.window()), charge.rows(), Long::sum);
        }
    }

    @Override
    public void end() {
        charged.forEach((window, rows) -> {
            violations.looked("limits", 1);
            long limit = Policies.limit(window.budget());
            if (rows > limit) {
                violations.add("limits", window + " was charged " + rows + " rows of " + limit);
            }
        });
        try {
            compare();
        } catch (SQLException e) {
            throw new CouldNotRun("the sums of budgets cannot be read: " + e.getMessage(), e);
        }
    }

    private void compare() throws SQLException {
        Map<Window, Long> open = new HashMap<>(charged);
        try (Statement statement = database.superuser().createStatement();
                ResultSet rows = statement.executeQuery("SELECT tenant, budget,"
                        + " (extract(epoch FROM window_start) * 1000000)::bigint, sum(used)::bigint"
                        + " FROM budget_shares WHERE used > 0 GROUP BY 1, 2, 3")) {
            while (rows.next()) {
                var window = new Window(rows.getString(1), rows.getString(2), rows.getLong(3));
                long used = rows.getLong(4);
                Long records = open.remove(window);
                violations.looked("sums", 1);
                if (used != (records == null ? 0 : records)) {
                    violations.add("sums", window + " has used " + used + " and its records charged " + records);
                }
            }
        }
        open.forEach((window, rows) -> violations.add("sums", window + " has no sum and records of " + rows + " rows"));
    }
}
