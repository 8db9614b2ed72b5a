package dev.sallyport.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Reads sums of budgets as the writer, all that are wanted in one round trip, one round trip at a time. */
final class DatabaseSums implements SumSource {
    private static final String SUMS = "SELECT budgets_used(?, ?, CAST(CAST(? AS text[]) AS timestamptz[]))";

    private final DataSource writer;
    private final Executor blocking;
    private List<Wanted> waiting = new ArrayList<>();
    private boolean reading;

    private record Wanted(String tenant, String budget, String window, CompletableFuture<Long> used) {}

    DatabaseSums(DataSource writer, Executor blocking) {
        this.writer = writer;
        this.blocking = blocking;
    }

    @Override
    public CompletionStage<Long> used(String tenant, String budget, Instant window) {
        var wanted = new Wanted(tenant, budget, window.toString(), new CompletableFuture<>());
        if (enqueue(wanted)) {
            blocking.execute(this::readAll);
        }
        return wanted.used;
    }

    private synchronized boolean enqueue(Wanted wanted) {
        waiting.add(wanted);
        boolean start = !reading;
        reading = true;
        return start;
    }

    private synchronized List<Wanted> next() {
        List<Wanted> taken = waiting;
        waiting = new ArrayList<>();
        reading = !taken.isEmpty();
        return taken;
    }

    private void readAll() {
        for (List<Wanted> batch = next(); !batch.isEmpty(); batch = next()) {
            read(batch);
        }
    }

    private void read(List<Wanted> batch) {
        try (Connection connection = writer.getConnection()) {
            Long[] used = query(connection, batch);
            connection.commit();
            for (int i = 0; i < used.length; i++) {
                batch.get(i).used.complete(used[i]);
            }
        } catch (SQLException e) {
            var failure = LedgerException.of("reading the sums of budgets", e);
            batch.forEach(wanted -> wanted.used.completeExceptionally(failure));
        }
    }

    private static Long[] query(Connection connection, List<Wanted> batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SUMS)) {
            statement.setArray(1, texts(connection, batch.stream().map(Wanted::tenant)));
            statement.setArray(2, texts(connection, batch.stream().map(Wanted::budget)));
            statement.setArray(3, texts(connection, batch.stream().map(Wanted::window)));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return (Long[]) rows.getArray(1).getArray();
            }
        }
    }

    private static Array texts(Connection connection, Stream<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }
}
