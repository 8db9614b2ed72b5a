package dev.sallyport.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;

/** A connection pool for each role. They outlive the database: connections that died are made anew when asked for. */
final class Pools implements AutoCloseable {
    private static final long CONNECT_TIMEOUT_MS = 2_000;

    /** Longer than any statement may run: what takes longer has no server behind it. */
    private static final String SOCKET_TIMEOUT_S = "4";

    private final Map<LedgerRole, HikariDataSource> byRole = new EnumMap<>(LedgerRole.class);
    private final Map<LedgerRole, PoolTracker> trackers = new EnumMap<>(LedgerRole.class);

    Pools(LedgerSettings settings) {
        for (LedgerRole role : LedgerRole.values()) {
            var tracker = new PoolTracker();
            HikariConfig config = config(settings, role);
            config.setMetricsTrackerFactory((name, stats) -> tracker.of(stats));
            trackers.put(role, tracker);
            byRole.put(role, new HikariDataSource(config));
        }
    }

    DataSource of(LedgerRole role) {
        DataSource pool = byRole.get(role);
        if (pool == null) {
            throw new IllegalStateException("every role has a pool");
        }
        return pool;
    }

    PoolState state(LedgerRole role) {
        PoolTracker tracker = trackers.get(role);
        if (tracker == null) {
            throw new IllegalStateException("every role has a pool");
        }
        return tracker.state(role.connections());
    }

    private static HikariConfig config(LedgerSettings settings, LedgerRole role) {
        var config = new HikariConfig();
        config.setPoolName("sallyport-" + role.roleName());
        config.setJdbcUrl(settings.jdbcUrl());
        config.setUsername(role.roleName());
        config.setPassword(settings.password(role));
        config.setMaximumPoolSize(role.connections());
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(CONNECT_TIMEOUT_MS);
        config.setValidationTimeout(CONNECT_TIMEOUT_MS / 2);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", config.getPoolName());
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("reWriteBatchedInserts", "false");
        if (role != LedgerRole.AUDITOR) {
            config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_S);
        }
        return config;
    }

    @Override
    public void close() {
        byRole.values().forEach(HikariDataSource::close);
    }
}
