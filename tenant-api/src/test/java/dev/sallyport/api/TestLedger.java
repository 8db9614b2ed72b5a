package dev.sallyport.api;

import dev.sallyport.ledger.FlushListener;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.LedgerRole;
import dev.sallyport.ledger.LedgerSettings;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.TestDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** A real ledger over a database of its own. */
public final class TestLedger implements AutoCloseable {
    private final TestDatabase database = TestDatabase.fresh();
    private final Ledger ledger;

    /** @param keys the folder of its keys; made if absent */
    public TestLedger(Path keys) {
        Map<LedgerRole, String> passwords = new EnumMap<>(LedgerRole.class);
        for (LedgerRole role : LedgerRole.values()) {
            passwords.put(role, database.password(DatabaseRole.of(role.roleName())));
        }
        ledger = Ledger.open(
                LedgerSettings.of(database.jdbcUrl(), passwords, keys, "node-1", "test"),
                InstantSource.system(),
                new SecureRandom(),
                FlushListener.NONE);
    }

    public Ledger ledger() {
        return ledger;
    }

    public TestDatabase database() {
        return database;
    }

    /**
     * Changes rows behind the product's back.
     *
     * @param parameters texts or byte arrays
     * @return how many
     */
    public int update(String sql, Object... parameters) throws SQLException {
        try (Connection superuser = database.superuser();
                PreparedStatement update = superuser.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                update.setObject(i + 1, parameters[i]);
            }
            return update.executeUpdate();
        }
    }

    @Override
    public void close() {
        ledger.close();
    }
}
