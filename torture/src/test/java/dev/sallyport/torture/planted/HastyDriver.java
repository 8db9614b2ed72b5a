package dev.sallyport.torture.planted;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers before the commit: COMMIT of the ledger's writer returns at once and is sent a moment later. All else is
 * PostgreSQL's own driver.
 */
public final class HastyDriver implements Driver {
    private static final long LATER_MS = 40;

    private final Driver real = new org.postgresql.Driver();

    /** Made by the service loader. */
    public HastyDriver() {}

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        Connection connection = real.connect(url, info);
        if (connection == null || !"ledger_writer".equals(info.getProperty("user"))) {
            return connection;
        }
        CompletableFuture<?>[] pending = {CompletableFuture.completedFuture(null)};
        return (Connection) Proxy.newProxyInstance(
                HastyDriver.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    settle(pending[0]);
                    if (method.getName().equals("commit")) {
                        pending[0] = CompletableFuture.runAsync(
                                () -> commit(connection),
                                CompletableFuture.delayedExecutor(LATER_MS, TimeUnit.MILLISECONDS));
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void settle(CompletableFuture<?> pending) {
        try {
            pending.join();
        } catch (CompletionException lost) {
            // Nobody is told: that is the fault.
        }
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return real.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        return real.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
        return real.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return real.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return real.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() throws java.sql.SQLFeatureNotSupportedException {
        return real.getParentLogger();
    }
}
