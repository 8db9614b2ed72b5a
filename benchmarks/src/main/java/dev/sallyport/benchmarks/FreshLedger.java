package dev.sallyport.benchmarks;

import dev.sallyport.ledger.FlushListener;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.LedgerRole;
import dev.sallyport.ledger.LedgerSettings;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.EmbeddedPostgres;
import dev.sallyport.migrations.Migrator;
import dev.sallyport.policy.TenantId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** A ledger on an embedded Postgres of its own, empty, with the settings that a server has. */
final class FreshLedger implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final Ledger ledger;

    private FreshLedger(EmbeddedPostgres postgres, Ledger ledger) {
        this.postgres = postgres;
        this.ledger = ledger;
    }

    /** Opens one in an empty directory. */
    static FreshLedger open(Path directory, FlushListener listener) throws Exception {
        Path keys = directory.resolve("keys");
        EmbeddedPostgres postgres =
                EmbeddedPostgres.start(directory.resolve("postgres"), keys, new EmbeddedPostgres.Listener() {});
        Migrator.migrate(postgres.jdbcUrl(), EmbeddedPostgres.OWNER, postgres.ownerPassword(), postgres.passwords());
        Map<LedgerRole, String> passwords = new EnumMap<>(LedgerRole.class);
        for (LedgerRole role : LedgerRole.values()) {
            passwords.put(role, postgres.password(DatabaseRole.of(role.roleName())));
        }
        LedgerSettings settings = LedgerSettings.of(postgres.jdbcUrl(), passwords, keys, "node-1", "benchmark");
        return new FreshLedger(postgres, Ledger.open(settings, InstantSource.system(), new SecureRandom(), listener));
    }

    Ledger ledger() {
        return ledger;
    }

    /** Postgres' first process. */
    ProcessHandle postgres() {
        return ProcessHandle.of(postgres.pid()).orElseThrow();
    }

    Connection as(DatabaseRole role) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), role.roleName(), postgres.password(role));
    }

    Connection owner() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), EmbeddedPostgres.OWNER, postgres.ownerPassword());
    }

    void create(TenantId tenant) {
        ledger.scope().change(tenant, scoped -> {
            try (PreparedStatement insert =
                    scoped.connection().prepareStatement("INSERT INTO tenants (tenant, name) VALUES (?, ?)")) {
                insert.setString(1, tenant.value());
                insert.setString(2, tenant.value());
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public void close() {
        ledger.close();
        postgres.close();
    }
}
