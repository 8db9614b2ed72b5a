package dev.sallyport.api.audit;

import dev.sallyport.ledger.Scoped;
import dev.sallyport.policy.TenantId;
import dev.sallyport.reports.ReportRequest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements over {@code reports}, each in the scope of the tenant whose report it is. */
final class ReportTable {
    private static final String COLUMNS = "id, tenant, frameworks, period_from, period_to, state, failure";

    private ReportTable() {}

    static void insert(Scoped scoped, String id, ReportRequest request, String by) throws SQLException {
        String sql = """
                INSERT INTO reports (tenant, id, frameworks, period_from, period_to, state, created_by)
                VALUES (?, ?, ?, ?, ?, 'pending', ?)""";
        try (PreparedStatement insert = scoped.connection().prepareStatement(sql)) {
            insert.setString(1, scoped.tenant().value());
            insert.setString(2, id);
            insert.setArray(
                    3,
                    scoped.connection()
                            .createArrayOf("text", request.frameworks().toArray()));
            insert.setTimestamp(4, Timestamp.from(request.from()));
            insert.setTimestamp(5, Timestamp.from(request.to()));
            insert.setString(6, by);
            insert.executeUpdate();
        }
    }

    static void finish(Scoped scoped, String id, @Nullable String failure) throws SQLException {
        String sql = "UPDATE reports SET state = ?, failure = ?, finished_at = now() WHERE tenant = ? AND id = ?";
        try (PreparedStatement update = scoped.connection().prepareStatement(sql)) {
            update.setString(1, failure == null ? "finished" : "failed");
            update.setString(2, failure);
            update.setString(3, scoped.tenant().value());
            update.setString(4, id);
            update.executeUpdate();
        }
    }

    static Optional<StoredReport> find(Scoped scoped, String id) throws SQLException {
        String sql = "SELECT " + COLUMNS + " FROM reports WHERE tenant = ? AND id = ?";
        try (PreparedStatement query = scoped.connection().prepareStatement(sql)) {
            query.setString(1, scoped.tenant().value());
            query.setString(2, id);
            return read(query).stream().findFirst();
        }
    }

    static List<StoredReport> pending(Scoped scoped) throws SQLException {
        String sql = "SELECT " + COLUMNS + " FROM reports WHERE tenant = ? AND state = 'pending'";
        try (PreparedStatement query = scoped.connection().prepareStatement(sql)) {
            query.setString(1, scoped.tenant().value());
            return read(query);
        }
    }

    private static List<StoredReport> read(PreparedStatement query) throws SQLException {
        List<StoredReport> reports = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                reports.add(new StoredReport(
                        row.getString("id"),
                        new TenantId(row.getString("tenant")),
                        List.of((String[]) row.getArray("frameworks").getArray()),
                        row.getTimestamp("period_from").toInstant(),
                        row.getTimestamp("period_to").toInstant(),
                        StoredReport.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getString("failure")));
            }
        }
        return reports;
    }
}
