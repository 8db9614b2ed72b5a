package dev.sallyport.ledger;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Epochs;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.Ulid;
import dev.sallyport.policy.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A transaction that sees one tenant's rows. Valid only inside the work that it is given to; not thread-safe. */
public final class Scoped {
    private final Connection connection;
    private TenantId tenant;
    private boolean raised;

    Scoped(Connection connection, TenantId tenant) throws SQLException {
        this.connection = connection;
        this.tenant = tenant;
        scope(tenant);
    }

    /** Returns the connection, to run statements on; the transaction is not the work's to end. */
    public Connection connection() {
        return connection;
    }

    /** Returns the tenant whose rows are seen. */
    public TenantId tenant() {
        return tenant;
    }

    /**
     * Runs a part of the work in another tenant's scope, in the same transaction.
     *
     * @throws SQLException what the part throws; the scope is then of no use any more
     */
    public <T> T within(TenantId other, TenantScope.Work<T> part) throws SQLException {
        TenantId before = tenant;
        scope(other);
        T result = part.run(this);
        scope(before);
        return result;
    }

    /**
     * Records an act in this transaction: both are done or neither is.
     *
     * @param act a record of the tenant in scope, without charges
     * @throws IllegalArgumentException if it is another tenant's or has charges
     */
    public void record(AuditRecord act) throws SQLException {
        if (!act.tenant().equals(tenant.value()) || !act.charges().isEmpty()) {
            throw new IllegalArgumentException("an act is recorded for the tenant in scope and charges nothing");
        }
        byte[] bytes = act.encode();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT record_act(?, ?, to_timestamp(? / 1000.0), ?, ?)")) {
            statement.setString(1, act.id());
            statement.setString(2, act.retention().code());
            statement.setLong(3, Ulid.parse(act.id()).instant().toEpochMilli());
            statement.setBytes(4, Sha256.digest(bytes));
            statement.setBytes(5, bytes);
            statement.execute();
        }
    }

    /**
     * Returns the epochs of the tenant in scope and of the platform. Read before the state that they stand for, so
     * that a change in between makes a decision stale rather than wrong.
     */
    public Epochs epochs() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT platform_epoch, tenant_epoch FROM epochs_read()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Epochs(row.getLong(1), row.getLong(2));
        }
    }

    /**
     * Returns the sum of all epochs: while it stays the same, nothing has changed that any tenant's calls are decided by.
     */
    public long epochsTotal() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT epochs_total()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Raises a tenant's epoch: what was decided under its state before this transaction is not recorded after it.
     * Only within {@link TenantScope#change}, which raises the epoch of its own tenant when this is never called
     * and something was written.
     *
     * @param whose the tenant; {@link TenantId#PLATFORM} makes every tenant's calls be decided again
     * @return the new epoch
     */
    public long raiseEpoch(TenantId whose) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT epoch_raise(?)")) {
            statement.setString(1, whose.value());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                raised = true;
                return row.getLong(1);
            }
        }
    }

    boolean hasRaised() {
        return raised;
    }

    /** Whether this transaction has written anything: until then it has no transaction id. */
    boolean hasWritten() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT pg_current_xact_id_if_assigned() IS NOT NULL");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    void lockState() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT state_lock()")) {
            statement.execute();
        }
    }

    private void scope(TenantId next) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT set_config('sallyport.tenant', ?, true)")) {
            statement.setString(1, next.value());
            statement.execute();
        }
        tenant = next;
    }
}
