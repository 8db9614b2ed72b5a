package dev.sallyport.ledger;

import dev.sallyport.format.Ulid;
import dev.sallyport.policy.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads records as the role {@code auditor}, which can write nothing. Row-level security shows the records of the
 * scope alone. Every method blocks; call it on a virtual thread.
 */
public final class RecordReader {
    /** The most records of one page. */
    public static final int MAX_PAGE = 1_000;

    private static final int FETCH = 1_000;
    private static final String COLUMNS = "r.tenant, r.id, r.recorded_at, r.digest, r.record";

    /** A tenant's records lie in the order of the listing, so each tenant gives its first ones and these are merged. */
    private static final String EACH_TENANT = "SELECT " + COLUMNS + """
             FROM tenants t CROSS JOIN LATERAL (
                SELECT * FROM records x
                WHERE x.tenant = t.tenant AND x.recorded_at >= ? AND x.recorded_at < ? AND (x.recorded_at, x.id) > (?, ?)
                ORDER BY x.recorded_at, x.id LIMIT ?) r
            ORDER BY r.recorded_at, r.id LIMIT ?""";

    private static final String ONE_TENANT = "SELECT " + COLUMNS + """
             FROM records r
            WHERE r.recorded_at >= ? AND r.recorded_at < ? AND (r.recorded_at, r.id) > (?, ?) AND r.tenant = ?
            ORDER BY r.recorded_at, r.id LIMIT ?""";

    private static final String STREAM = "SELECT " + COLUMNS + """
             FROM records r
            WHERE r.recorded_at >= ? AND r.recorded_at < ? AND (?::text IS NULL OR r.tenant = ?)
            ORDER BY r.recorded_at, r.id""";

    /**
     * Exact on canonical bytes, where a quotation mark inside a text is escaped: finds acts without reading the
     * other records, and at worst a record that has such a member elsewhere.
     */
    private static final String ACTS = "SELECT " + COLUMNS + """
             FROM records r
            WHERE r.recorded_at >= ? AND r.recorded_at < ? AND (?::text IS NULL OR r.tenant = ?)
              AND position(convert_to('"kind":"act"', 'UTF8') IN r.record) > 0
            ORDER BY r.recorded_at, r.id""";

    private final DataSource auditor;

    /**
     * Returns how many bytes the database takes, its indexes included and its write-ahead log not.
     *
     * @throws LedgerException if the database cannot be asked
     */
    public long databaseBytes() {
        try (Connection connection = auditor.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT pg_database_size(current_database())");
                ResultSet row = statement.executeQuery()) {
            row.next();
            long bytes = row.getLong(1);
            connection.commit();
            return bytes;
        } catch (SQLException e) {
            throw LedgerException.of("asking for the size of the database", e);
        }
    }

    RecordReader(DataSource auditor) {
        this.auditor = auditor;
    }

    /**
     * Finds a record.
     *
     * @param id the record's id; what is no ULID is not found
     * @throws LedgerException if it cannot be read
     */
    public Optional<StoredRecord> byId(ReadScope scope, String id) {
        if (!Ulid.isUlid(id)) {
            return Optional.empty();
        }
        Instant at = Ulid.parse(id).instant();
        // The bound is exclusive, and no id is smaller than the empty text.
        List<StoredRecord> found = page(scope, at, at.plusMillis(1), at, before(id), 1);
        return found.stream().filter(record -> record.id().equals(id)).findFirst();
    }

    /** The greatest text below an id that no other id lies between. */
    private static String before(String id) {
        return id.substring(0, id.length() - 1) + (char) (id.charAt(id.length() - 1) - 1) + "~";
    }

    /**
     * Lists records in the order of their ids.
     *
     * @param from the earliest time of an id, inclusive
     * @param to the latest, exclusive
     * @param cursor a page's cursor, to go on after it; null to begin
     * @param limit how many at most, 1 to {@value #MAX_PAGE}
     * @throws IllegalArgumentException if the limit is out of bounds or the cursor is none
     * @throws LedgerException if they cannot be read
     */
    public Page list(ReadScope scope, Instant from, Instant to, @Nullable String cursor, int limit) {
        if (limit < 1 || limit > MAX_PAGE || (cursor != null && !Ulid.isUlid(cursor))) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE + " records, a cursor is a record's id");
        }
        Instant after = cursor == null ? Instant.EPOCH : Ulid.parse(cursor).instant();
        List<StoredRecord> found = page(scope, from, to, after, cursor == null ? "" : cursor, limit);
        return new Page(found, found.size() < limit ? null : found.getLast().id());
    }

    private List<StoredRecord> page(
            ReadScope scope, Instant from, Instant to, Instant after, String afterId, int limit) {
        try (Connection connection = begin(scope);
                PreparedStatement statement =
                        connection.prepareStatement(scope instanceof ReadScope.OneTenant ? ONE_TENANT : EACH_TENANT)) {
            statement.setObject(1, from.atOffset(ZoneOffset.UTC));
            statement.setObject(2, to.atOffset(ZoneOffset.UTC));
            statement.setObject(3, after.atOffset(ZoneOffset.UTC));
            statement.setString(4, afterId);
            switch (scope) {
                case ReadScope.OneTenant(TenantId tenant) -> statement.setString(5, tenant.value());
                case ReadScope.Everyone all -> statement.setInt(5, limit);
            }
            statement.setInt(6, limit);
            var found = new ArrayList<StoredRecord>();
            read(statement, found::add);
            connection.commit();
            return found;
        } catch (SQLException e) {
            throw LedgerException.of("reading records", e);
        }
    }

    /**
     * Reads all records of a period in the order of their ids, a thousand at a time, in one snapshot.
     *
     * @param from the earliest time of an id, inclusive
     * @param to the latest, exclusive
     * @param each takes each record; what it throws ends the reading
     * @throws LedgerException if they cannot be read
     */
    public void stream(ReadScope scope, Instant from, Instant to, Consumer<StoredRecord> each) {
        stream(STREAM, scope, from, to, each);
    }

    /**
     * Reads the acts of a period in the order of their ids, as {@link #stream} does. Acts are few, and all of them
     * have to be read to know a state: the database passes over the other records.
     *
     * @param from the earliest time of an id, inclusive
     * @param to the latest, exclusive
     * @param each takes each act; what it throws ends the reading
     * @throws LedgerException if they cannot be read
     */
    public void streamActs(ReadScope scope, Instant from, Instant to, Consumer<StoredRecord> each) {
        stream(ACTS, scope, from, to, each);
    }

    private void stream(String sql, ReadScope scope, Instant from, Instant to, Consumer<StoredRecord> each) {
        try (Connection connection = begin(scope);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            String tenant = scope instanceof ReadScope.OneTenant(TenantId one) ? one.value() : null;
            statement.setFetchSize(FETCH);
            statement.setObject(1, from.atOffset(ZoneOffset.UTC));
            statement.setObject(2, to.atOffset(ZoneOffset.UTC));
            statement.setString(3, tenant);
            statement.setString(4, tenant);
            read(statement, each);
            connection.commit();
        } catch (SQLException e) {
            throw LedgerException.of("reading records", e);
        }
    }

    private Connection begin(ReadScope scope) throws SQLException {
        Connection connection = auditor.getConnection();
        String setting = switch (scope) {
            case ReadScope.OneTenant one -> "SELECT set_config('sallyport.tenant', ?, true)";
            case ReadScope.Everyone all -> "SELECT set_config('sallyport.scope', ?, true)";
        };
        try (PreparedStatement statement = connection.prepareStatement(setting)) {
            statement.setString(1, scope instanceof ReadScope.OneTenant(TenantId tenant) ? tenant.value() : "platform");
            statement.execute();
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void read(PreparedStatement statement, Consumer<StoredRecord> each) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                each.accept(new StoredRecord(
                        new TenantId(row.getString(1)),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getBytes(4),
                        row.getBytes(5)));
            }
        }
    }
}
