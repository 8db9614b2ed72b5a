package dev.sallyport.ledger.tree;

import dev.sallyport.policy.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A transaction that reads the log as it was at one moment, as the role {@code auditor}. */
final class LogSnapshot implements AutoCloseable {
    private final Connection connection;
    private final Sql sql;

    private LogSnapshot(Connection connection) {
        this.connection = connection;
        this.sql = new Sql(connection);
    }

    static LogSnapshot open(DataSource auditor) throws SQLException {
        var snapshot = new LogSnapshot(auditor.getConnection());
        try {
            snapshot.sql.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            return snapshot;
        } catch (SQLException e) {
            snapshot.close();
            throw e;
        }
    }

    /** Reads one tenant's rows, and the platform log's, from here on. */
    Sql of(TenantId tenant) throws SQLException {
        sql.call(
                "SELECT set_config('sallyport.scope', '', true), set_config('sallyport.tenant', ?, true)",
                tenant.value());
        return sql;
    }

    /** Reads everybody's rows from here on. */
    Sql ofAll() throws SQLException {
        sql.call("SELECT set_config('sallyport.scope', 'platform', true)");
        return sql;
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }
}
