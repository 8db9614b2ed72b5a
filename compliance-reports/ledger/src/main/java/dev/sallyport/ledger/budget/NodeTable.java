package dev.sallyport.ledger.budget;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The nodes as the database knows them. Each method is one statement, a transaction of its own, and blocks. */
final class NodeTable {
    private final DataSource writer;

    record Start(long generation, Instant at) {}

    /**
     * What a heartbeat brings back.
     *
     * @param current whether the generation is the node's
     * @param lost how many other nodes have been silent for longer than the lease
     * @param epochs the sum of all epochs
     */
    record Beat(boolean current, int lost, long epochs) {}

    NodeTable(DataSource writer) {
        this.writer = writer;
    }

    Start start(String node, String session) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT node_start(?, ?), clock_timestamp()")) {
            statement.setString(1, node);
            statement.setString(2, session);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Start(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant());
            }
        }
    }

    /** Returns the new generation; null when another process has the name. */
    @Nullable
    Long rejoin(String node, String session) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("SELECT node_rejoin(?, ?)")) {
            statement.setString(1, node);
            statement.setString(2, session);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getObject(1, Long.class);
            }
        }
    }

    Beat beat(String node, long generation, Duration lease, DatabaseTime clock) throws SQLException {
        String sql = "SELECT current, lost, epochs_total, clock_timestamp()"
                + " FROM node_beat(?, ?, ? * interval '1 millisecond')";
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, node);
            statement.setLong(2, generation);
            statement.setLong(3, lease.toMillis());
            long before = clock.tick();
            try (ResultSet row = statement.executeQuery()) {
                long after = clock.tick();
                row.next();
                clock.adjust(before, row.getObject(4, OffsetDateTime.class).toInstant(), after);
                return new Beat(row.getBoolean(1), row.getInt(2), row.getLong(3));
            }
        }
    }

    /** Gives up the silent nodes and returns their names. */
    List<String> reclaim(Duration lease) throws SQLException {
        List<String> lost = new ArrayList<>();
        try (Connection connection = connection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT * FROM nodes_reclaim(? * interval '1 millisecond')")) {
            statement.setLong(1, lease.toMillis());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lost.add(row.getString(1));
                }
            }
        }
        return lost;
    }

    void leave(String node, long generation) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("SELECT node_leave(?, ?)")) {
            statement.setString(1, node);
            statement.setLong(2, generation);
            statement.execute();
        }
    }

    Map<String, Long> epochs() throws SQLException {
        Map<String, Long> epochs = new HashMap<>();
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("SELECT tenant, epoch FROM epochs_all()");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                epochs.put(row.getString(1), row.getLong(2));
            }
        }
        return epochs;
    }

    private Connection connection() throws SQLException {
        Connection connection = writer.getConnection();
        connection.setAutoCommit(true);
        return connection;
    }
}
