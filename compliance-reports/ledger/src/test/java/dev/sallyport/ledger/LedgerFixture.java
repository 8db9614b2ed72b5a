package dev.sallyport.ledger;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Charge;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Epochs;
import dev.sallyport.format.Principal;
import dev.sallyport.ledger.budget.BudgetClaim;
import dev.sallyport.ledger.budget.Reservation;
import dev.sallyport.ledger.budget.ReserveResult;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.TestDatabase;
import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.BudgetScope;
import dev.sallyport.policy.CalendarWindow;
import dev.sallyport.policy.Layer;
import dev.sallyport.policy.Rule;
import dev.sallyport.policy.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fresh database with two tenants, and a ledger on it. */
final class LedgerFixture implements AutoCloseable {
    static final TenantId ACME = new TenantId("acme");
    static final TenantId EURO = new TenantId("euro");
    static final Principal KEY = Principal.key("key-1", "caller");
    static final Epochs FIRST = new Epochs(1, 0);

    final TestDatabase database = TestDatabase.fresh();
    final Path keys;
    Ledger ledger;

    LedgerFixture() {
        this(null);
    }

    /**
     * Opens a ledger.
     *
     * @param url another way to the database, through a proxy; null for the direct one
     */
    LedgerFixture(@Nullable UnaryOperator<String> url) {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("INSERT INTO tenants (tenant, name) VALUES ('acme', 'Acme'), ('euro', 'Euro')");
            keys = Files.createTempDirectory("sallyport-keys");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ledger = open(url == null ? database.jdbcUrl() : url.apply(database.jdbcUrl()), "node-1");
    }

    Ledger open(String url, String node) {
        return Ledger.open(settings(url, node), InstantSource.system(), new SecureRandom(), FlushListener.NONE);
    }

    LedgerSettings settings(String url, String node) {
        Map<LedgerRole, String> passwords = new EnumMap<>(LedgerRole.class);
        for (LedgerRole role : LedgerRole.values()) {
            passwords.put(role, database.password(DatabaseRole.of(role.roleName())));
        }
        return LedgerSettings.of(url, passwords, keys, node, "test");
    }

    /** Closes the ledger and opens it again, as a restart does. */
    void restart() {
        ledger.close();
        ledger = open(database.jdbcUrl(), "node-1");
    }

    AuditRecord permit(TenantId tenant, @Nullable Epochs epochs, List<Charge> charges) {
        RecordMint mint = ledger.mint();
        return mint.decision(mint.id(), tenant, KEY, "predict", Effect.PERMIT)
                .epochs(epochs)
                .charges(charges)
                .build();
    }

    AppendResult append(AuditRecord record, @Nullable Reservation reservation) {
        return ledger.writer()
                .append(Append.of(record, reservation, Duration.ofSeconds(10)))
                .toCompletableFuture()
                .join();
    }

    static BudgetClaim daily(String id, long limit, long rows) {
        var rule = new Rule("budgets." + id, Layer.TENANT, "t", "0".repeat(64), 1, List.of());
        var window = new CalendarWindow(CalendarWindow.Unit.DAY, 1, ZoneOffset.UTC);
        String identity = "budget=" + id;
        return new BudgetClaim(
                new BudgetRule(id, Set.of(BudgetScope.TENANT), limit, window, rule), identity, identity, rows);
    }

    static AppendResult.Committed committed(AppendResult result) {
        if (result instanceof AppendResult.Committed committed) {
            return committed;
        }
        throw new AssertionError("expected a committed record, got " + result);
    }

    static Reservation reserved(ReserveResult result) {
        if (result instanceof ReserveResult.Reserved(Reservation reservation)) {
            return reservation;
        }
        throw new AssertionError("expected a reservation, got " + result);
    }

    Reservation reserve(TenantId tenant, BudgetClaim claim) {
        return reserved(ledger.budgets()
                .reserve(tenant, List.of(claim))
                .toCompletableFuture()
                .join());
    }

    @Override
    public void close() {
        ledger.close();
        try (Stream<Path> files = Files.walk(keys)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
