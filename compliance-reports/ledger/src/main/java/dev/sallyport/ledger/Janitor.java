package dev.sallyport.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** Keeps the ledger's tables in order: partitions made ahead of time, old flush ids and shares of
 * budgets forgotten. Its methods block. */
final class Janitor {
    private static final int MONTHS_AHEAD = 2;

    private final DataSource janitor;
    private final InstantSource clock;

    Janitor(DataSource janitor, InstantSource clock) {
        this.janitor = janitor;
        this.clock = clock;
    }

    /** @throws LedgerException if it cannot be done now */
    void tidy() {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        try (Connection connection = janitor.getConnection()) {
            for (int month = 0; month <= MONTHS_AHEAD; month++) {
                ensure(connection, today.plusMonths(month));
            }
            ensure(connection, today.minusDays(1));
            prune(connection, "SELECT flushes_prune(interval '1 day')");
            prune(connection, "SELECT budget_shares_prune(interval '35 days')");
        } catch (SQLException e) {
            throw LedgerException.of("keeping the ledger's tables", e);
        }
    }

    /** A busy node makes more flush ids in an hour than one statement forgets. Shares stay for two months to compare. */
    private static void prune(Connection connection, String some) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(some)) {
            long forgotten;
            do {
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    forgotten = row.getLong(1);
                }
                connection.commit();
            } while (forgotten > 0);
        }
    }

    private static void ensure(Connection connection, LocalDate month) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT partitions_ensure(?)")) {
            statement.setObject(1, month);
            statement.execute();
        }
        connection.commit();
    }
}
