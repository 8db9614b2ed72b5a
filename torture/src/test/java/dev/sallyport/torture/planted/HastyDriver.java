package dev.sallyport.torture.planted;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
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

    /** What goes to the server, and must come after the commit before. */
    private static final Set<String> ASK =
            Set.of("prepareStatement", "createStatement", "commit", "rollback", "isValid");

    // Before the real one is loaded, which registers itself as well: the first that takes a URL is used.
    static {
        try {
            DriverManager.registerDriver(new HastyDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Made by the service loader. */
    public HastyDriver() {}

    private static final class Real {
        static final Driver DRIVER = new org.postgresql.Driver();
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        Connection connection = Real.DRIVER.connect(url, info);
        if (connection == null || !"ledger_writer".equals(info.getProperty("user"))) {
            return connection;
        }
        CompletableFuture<?>[] pending = {CompletableFuture.completedFuture(null)};
        return (Connection) Proxy.newProxyInstance(
                HastyDriver.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (ASK.contains(method.getName())) {
                        settle(pending[0]);
                    }
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
        return Real.DRIVER.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        return Real.DRIVER.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
        return Real.DRIVER.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return Real.DRIVER.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return Real.DRIVER.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() throws java.sql.SQLFeatureNotSupportedException {
        return Real.DRIVER.getParentLogger();
    }
}
