package dev.sallyport.torture.planted;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's own driver, but for the connections of one role, which a fault is planted in. */
abstract class PlantedDriver implements Driver {
    private final String role;

    private static final class Real {
        static final Driver DRIVER = new org.postgresql.Driver();
    }

    PlantedDriver(String role) {
        this.role = role;
    }

    /** Registers a driver before the real one is loaded, which registers itself as well: the first that takes a URL is used. */
    static void register(Driver planted) {
        try {
            DriverManager.registerDriver(planted);
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Puts something faulty in front of a connection. */
    abstract Connection plant(Connection real);

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        Connection real = Real.DRIVER.connect(url, info);
        return real != null && role.equals(info.getProperty("user")) ? plant(real) : real;
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
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return Real.DRIVER.getParentLogger();
    }
}
