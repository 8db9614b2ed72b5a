package dev.sallyport.ledger;

import dev.sallyport.ledger.FlushOutcome.Committed;
import dev.sallyport.ledger.FlushOutcome.CommittedBefore;
import dev.sallyport.ledger.FlushOutcome.Faulty;
import dev.sallyport.ledger.FlushOutcome.Moved;
import dev.sallyport.ledger.FlushOutcome.NotWritten;
import dev.sallyport.ledger.FlushOutcome.Retired;
import dev.sallyport.ledger.FlushOutcome.Unknown;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * One attempt to write one flush: the fence, the records and the charges go to the server in one round trip, COMMIT in
 * a second one.
 *
 * <p>{@code flush_begin} takes the shared lock, inserts the flush's row and then reads generation and epochs, each in
 * a statement with a snapshot of its own. It runs before the rest is known to be current: where it finds a tenant's
 * state moved, everything is rolled back and sent again without that tenant's calls, which is rare.
 */
final class FlushTransaction {
    private static final String BEGIN = "SELECT flush_begin(?, ?, ?, ?, ?, ?), clock_timestamp()";
    private static final String RECORDS = """
            ; INSERT INTO records (tenant, id, retention_class, recorded_at, digest, record) \
            SELECT r.tenant, r.id, r.class, to_timestamp(r.millis::float8 / 1000), r.digest, r.record \
            FROM UNNEST(?::text[], ?::text[], ?::text[], ?::bigint[], ?::bytea[], ?::bytea[]) \
            AS r (tenant, id, class, millis, digest, record)""";
    private static final String PAYLOADS = """
            ; INSERT INTO payloads (tenant, record, recorded_at, sealed) \
            SELECT p.tenant, p.record, to_timestamp(p.millis::float8 / 1000), p.sealed \
            FROM UNNEST(?::text[], ?::text[], ?::bigint[], ?::bytea[]) AS p (tenant, record, millis, sealed)""";
    private static final String CHARGES = "; SELECT charge(?, ?, ?, ?, ?, ?)";

    /** What the fence says: the tenants whose state has moved, and the time. */
    private record Begun(Set<String> moved, Instant at) {}

    private final DataSource writer;
    private final DatabaseClock clock;
    private final String node;
    private final LedgerTrace trace;

    FlushTransaction(DataSource writer, DatabaseClock clock, String node, LedgerTrace trace) {
        this.writer = writer;
        this.clock = clock;
        this.node = node;
        this.trace = trace;
    }

    /**
     * Writes a flush under its number; the same one again writes nothing if it has been committed.
     *
     * @param committing is told the flush's time by the database's clock right before COMMIT is sent; must be quick
     */
    FlushOutcome write(Flush flush, Consumer<Instant> committing) {
        trace(flush, "begin", "");
        FlushOutcome outcome = attempt(flush, committing);
        trace(flush, outcome.code(), outcome.reason());
        return outcome;
    }

    private void trace(Flush flush, String event, String reason) {
        trace.event(event, flush.generation, flush.number, flush.calls.size(), reason);
    }

    private FlushOutcome attempt(Flush flush, Consumer<Instant> committing) {
        boolean sent = false;
        try (Connection connection = writer.getConnection()) {
            Begun begun = send(connection, flush);
            if (flush.calls.stream().anyMatch(call -> Fence.isStale(call, begun.moved))) {
                connection.rollback();
                return new Moved(begun.moved);
            }
            committing.accept(begun.at);
            sent = true;
            trace(flush, "commit", "");
            connection.commit();
            return new Committed();
        } catch (SQLException e) {
            return sent ? new Unknown(state(e)) : failed(e);
        }
    }

    /** Goes through the fence and rolls back: shows that a flush could be written now. */
    FlushOutcome probe(Flush empty) {
        try (Connection connection = writer.getConnection()) {
            send(connection, empty);
            connection.rollback();
            return new Committed();
        } catch (SQLException e) {
            return failed(e);
        }
    }

    private Begun send(Connection connection, Flush flush) throws SQLException {
        var arrays = new FlushArrays(connection, node, flush);
        String sql = BEGIN
                + (flush.calls.isEmpty() ? "" : RECORDS)
                + (arrays.hasPayloads() ? PAYLOADS : "")
                + (arrays.hasCharges() ? CHARGES : "");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, node);
            statement.setLong(2, flush.generation);
            statement.setLong(3, flush.number);
            arrays.bind(statement, 4);
            long before = clock.tick();
            statement.execute();
            long after = clock.tick();
            try (ResultSet begun = Objects.requireNonNull(statement.getResultSet())) {
                begun.next();
                Instant at = begun.getObject(2, OffsetDateTime.class).toInstant();
                clock.adjust(before, at, after);
                return new Begun(Set.of((String[]) begun.getArray(1).getArray()), at);
            }
        }
    }

    /** Reads a failure before COMMIT. The flush's row is inserted first, so any complaint about data comes after it. */
    private static FlushOutcome failed(SQLException e) {
        return switch (SqlStates.of(e)) {
            case RETIRED -> new Retired();
            case CONFLICT -> isFlushRow(e) ? new CommittedBefore() : new Faulty(state(e));
            case REFUSED -> isData(state(e)) ? new Faulty(state(e)) : new NotWritten(state(e));
            case LOST, BUSY -> new NotWritten(state(e));
        };
    }

    private static boolean isData(String state) {
        return state.startsWith("22") || state.startsWith("23");
    }

    private static boolean isFlushRow(SQLException e) {
        ServerErrorMessage message = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        return message != null && "flushes".equals(message.getTable());
    }

    private static String state(SQLException e) {
        return Objects.requireNonNullElse(e.getSQLState(), "no connection");
    }
}
