package dev.sallyport.ledger;

import dev.sallyport.policy.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The one way to tenants' rows: each use is one transaction of the role {@code app}, begun by naming the tenant, so
 * that row-level security shows no other's. Every method blocks; call it on a virtual thread. A transaction lasts a
 * second at most, so nothing else is waited for inside one.
 */
public final class TenantScope {
    private final DataSource app;

    TenantScope(DataSource app) {
        this.app = app;
    }

    /**
     * What is done in a transaction.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does it.
         *
         * @throws SQLException when a statement fails; the transaction is then rolled back
         */
        T run(Scoped scoped) throws SQLException;
    }

    /**
     * Runs work that changes nothing, or nothing that calls are decided by.
     *
     * @return what the work returns, once it is committed
     * @throws LedgerException if a statement or COMMIT fails; any exception of the work's own rolls back
     */
    public <T> T run(TenantId tenant, Work<T> work) {
        return transact(tenant, work);
    }

    /**
     * Runs work that changes what calls are decided by: policies, keys, grants, suspensions. It waits for flushes
     * under way and shuts new ones out until it is committed, so that once this returns nothing decided under the old
     * state is recorded any more. Work that writes nothing raises no epoch: no call is decided again for it.
     *
     * @return what the work returns, once it is committed
     * @throws LedgerException if a statement or COMMIT fails; any exception of the work's own rolls back
     */
    public <T> T change(TenantId tenant, Work<T> work) {
        return transact(tenant, scoped -> {
            scoped.lockState();
            T result = work.run(scoped);
            if (!scoped.hasRaised() && scoped.hasWritten()) {
                scoped.raiseEpoch(tenant);
            }
            return result;
        });
    }

    private <T> T transact(TenantId tenant, Work<T> work) {
        String doing = "a transaction of tenant " + tenant;
        try (Connection connection = app.getConnection()) {
            T result;
            try {
                result = work.run(new Scoped(connection, tenant));
            } catch (RuntimeException | SQLException e) {
                rollback(connection, e);
                throw e;
            }
            commit(connection, doing);
            return result;
        } catch (SQLException e) {
            throw LedgerException.of(doing, e);
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static void commit(Connection connection, String doing) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new LedgerException(LedgerException.Kind.OUTCOME_UNKNOWN, doing + ": COMMIT was not acknowledged", e);
        }
    }
}
