package dev.sallyport.ledger.budget;

import dev.sallyport.format.RecordBuilder;
import dev.sallyport.ledger.budget.TakeOutcome.Lost;
import dev.sallyport.ledger.budget.TakeOutcome.NotDone;
import dev.sallyport.ledger.budget.TakeOutcome.Taken;
import dev.sallyport.ledger.budget.TakeOutcome.Unknown;
import dev.sallyport.ledger.budget.TakeOutcome.WindowState;
import dev.sallyport.policy.BudgetWindow;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/** Takes and gives back rows as the writer: one statement, which is a transaction of its own, in one round trip. */
final class DatabaseShares {
    private static final String TAKE = "SELECT granted, spoken, oldest, late, now_at"
            + " FROM budget_take(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final DataSource writer;
    private final String node;
    private final DatabaseTime clock;

    DatabaseShares(DataSource writer, String node, DatabaseTime clock) {
        this.writer = writer;
        this.node = node;
        this.clock = clock;
    }

    /** Makes a round trip under a generation; blocks. */
    TakeOutcome take(long generation, Round round) {
        boolean sent = false;
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(true);
            try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
                bind(connection, statement, generation, round);
                sent = true;
                long before = clock.tick();
                try (ResultSet row = statement.executeQuery()) {
                    long after = clock.tick();
                    row.next();
                    clock.adjust(before, row.getObject(5, OffsetDateTime.class).toInstant(), after);
                    return taken(row, round.windows().size());
                }
            }
        } catch (SQLException e) {
            return sent ? failed(e) : new NotDone(state(e));
        }
    }

    private static Taken taken(ResultSet row, int windows) throws SQLException {
        List<WindowState> states = new ArrayList<>(windows);
        var spoken = (Long[]) row.getArray(2).getArray();
        @Nullable Long[] oldest = (Long[]) row.getArray(3).getArray();
        var late = (Boolean[]) row.getArray(4).getArray();
        for (int i = 0; i < windows; i++) {
            Long first = oldest[i];
            Instant at = first == null ? null : Instant.ofEpochSecond(first / 1_000_000);
            states.add(new WindowState(spoken[i], at, late[i]));
        }
        return new Taken(Arrays.asList((Long[]) row.getArray(1).getArray()), states);
    }

    /** An answer of the server's says that nothing was done; a connection that ended says nothing. */
    private static TakeOutcome failed(SQLException e) {
        String state = state(e);
        if (state.equals("SP001")) {
            return new Lost();
        }
        boolean answered = e instanceof PSQLException failure
                && failure.getServerErrorMessage() != null
                && !state.startsWith("57P")
                && !state.startsWith("08");
        return answered ? new NotDone(state) : new Unknown(state);
    }

    private static String state(SQLException e) {
        return Objects.requireNonNullElse(e.getSQLState(), "no connection");
    }

    private void bind(Connection connection, PreparedStatement statement, long generation, Round round)
            throws SQLException {
        List<Allowance> windows = round.windows();
        List<Round.Wanted> wanted = round.wanted();
        statement.setString(1, node);
        statement.setLong(2, generation);
        statement.setArray(3, texts(connection, windows, window -> window.key.tenant()));
        statement.setArray(4, texts(connection, windows, window -> window.key.budget()));
        statement.setArray(5, longs(connection, windows, window -> RecordBuilder.micros(window.start)));
        statement.setArray(6, longs(connection, windows, window -> RecordBuilder.micros(window.end)));
        statement.setArray(7, longs(connection, windows, window -> RecordBuilder.micros(first(window))));
        statement.setArray(8, longs(connection, windows, window -> RecordBuilder.micros(last(window))));
        statement.setArray(9, longs(connection, round.gives(), Long::longValue));
        statement.setArray(
                10,
                ints(connection, wanted.stream().mapToInt(Round.Wanted::call).toArray()));
        statement.setArray(
                11,
                ints(connection, wanted.stream().mapToInt(Round.Wanted::place).toArray()));
        statement.setArray(12, longs(connection, wanted, Round.Wanted::limit));
        statement.setArray(13, longs(connection, wanted, Round.Wanted::rows));
        statement.setArray(14, longs(connection, wanted, Round.Wanted::block));
    }

    private static Instant first(Allowance window) {
        return window.rule.window().countsFrom(window.start);
    }

    /** The last piece of time that shares an interval with this one: another node may be in it already. */
    private static Instant last(Allowance window) {
        BudgetWindow kind = window.rule.window();
        Instant last = kind.countsUntil(window.start);
        return last.equals(window.end) ? window.start : last;
    }

    private static <T> Array texts(Connection connection, List<T> from, Function<T, String> text) throws SQLException {
        return connection.createArrayOf("text", from.stream().map(text).toArray());
    }

    private static <T> Array longs(Connection connection, List<T> from, ToLongFunction<T> number) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .createArrayOf("int8", from.stream().mapToLong(number).toArray());
    }

    private static Array ints(Connection connection, int[] numbers) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf("int4", numbers);
    }
}
