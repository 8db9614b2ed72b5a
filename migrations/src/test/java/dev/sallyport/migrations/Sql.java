package dev.sallyport.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements of tests in a line. */
final class Sql {
    private Sql() {}

    /** Runs a statement with its parameters. */
    static void run(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.execute();
        }
    }

    /** How many rows a statement changed. */
    static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** The first column of every row, as text. */
    static List<String> column(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        List<String> values = new ArrayList<>();
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
        }
        return values;
    }

    /** The first column of the only row, as text. */
    static String one(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        List<String> values = column(connection, sql, parameters);
        if (values.size() != 1) {
            throw new IllegalStateException(values.size() + " rows: " + sql);
        }
        return values.get(0);
    }

    /** Begins a transaction of a tenant. */
    static void begin(Connection connection, String tenant) throws SQLException {
        connection.setAutoCommit(false);
        run(connection, "SELECT set_config('sallyport.tenant', ?, true)", tenant);
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
