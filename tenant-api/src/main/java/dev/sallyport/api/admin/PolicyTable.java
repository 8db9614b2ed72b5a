package dev.sallyport.api.admin;

import dev.sallyport.ledger.Scoped;
import dev.sallyport.policy.ModelName;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** The statements over {@code policies}, each in the scope of the place's owner. */
final class PolicyTable {
    private static final String COLUMNS = "version, digest, source, published_at, published_by, record, withdrawn";

    /** The highest version of a place, in force or withdrawn. */
    record Latest(PublishedPolicy policy, boolean withdrawn) {}

    private PolicyTable() {}

    static Optional<Latest> latest(Scoped scoped, PolicyPlace place) throws SQLException {
        String sql = "SELECT " + COLUMNS
                + " FROM policies WHERE tenant = ? AND layer = ? AND model = ? ORDER BY version DESC LIMIT 1";
        try (PreparedStatement query = scoped.connection().prepareStatement(sql)) {
            bind(query, scoped, place);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(latest(row)) : Optional.empty();
            }
        }
    }

    static void insert(
            Scoped scoped, PolicyPlace place, int version, String digest, String source, String by, String record)
            throws SQLException {
        String sql = """
                INSERT INTO policies (tenant, layer, model, version, digest, source, published_by, record)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";
        try (PreparedStatement insert = scoped.connection().prepareStatement(sql)) {
            bind(insert, scoped, place);
            insert.setInt(4, version);
            insert.setString(5, digest);
            insert.setBytes(6, source.getBytes(StandardCharsets.UTF_8));
            insert.setString(7, by);
            insert.setString(8, record);
            insert.executeUpdate();
        }
    }

    static void withdraw(Scoped scoped, PolicyPlace place, int version) throws SQLException {
        String sql =
                "UPDATE policies SET withdrawn = true WHERE tenant = ? AND layer = ? AND model = ? AND version = ?";
        try (PreparedStatement update = scoped.connection().prepareStatement(sql)) {
            bind(update, scoped, place);
            update.setInt(4, version);
            update.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Scoped scoped, PolicyPlace place) throws SQLException {
        statement.setString(1, scoped.tenant().value());
        statement.setString(2, place.layer().name().toLowerCase(Locale.ROOT));
        statement.setString(3, place instanceof PolicyPlace.OfModel(var tenant, ModelName model) ? model.value() : "");
    }

    private static Latest latest(ResultSet row) throws SQLException {
        String record = row.getString("record");
        PublishedPolicy policy = new PublishedPolicy(
                row.getInt("version"),
                row.getString("digest"),
                new String(row.getBytes("source"), StandardCharsets.UTF_8),
                row.getTimestamp("published_at").toInstant(),
                row.getString("published_by"),
                record == null ? "" : record);
        return new Latest(policy, row.getBoolean("withdrawn"));
    }
}
