package dev.sallyport.ledger.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.TestDatabase;
import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.BudgetScope;
import dev.sallyport.policy.BudgetWindow;
import dev.sallyport.policy.CalendarWindow;
import dev.sallyport.policy.Layer;
import dev.sallyport.policy.Rule;
import dev.sallyport.policy.SlidingWindow;
import dev.sallyport.policy.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random histories of nodes that take, charge, give back, die, are given up while they sleep and begin again, on a real
 * database, held against the one thing that must be true: what was charged never exceeds a limit, and what is left for a
 * fresh node is all that was not charged.
 */
class BudgetHistoriesIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final HikariDataSource WRITER = writer();
    private static final ExecutorService BLOCKING = Executors.newVirtualThreadPerTaskExecutor();
    private static final AtomicInteger HISTORIES = new AtomicInteger();
    private static final Map<String, Long> LIMITS = Map.of("small", 20L, "slide", 35L, "leased", 1_000L);

    /** This machine's clock is the database's. */
    private static final DatabaseTime CLOCK = new DatabaseTime() {
        @Override
        public long tick() {
            return System.nanoTime();
        }

        @Override
        public void adjust(long before, Instant read, long after) {}

        @Override
        public Instant instant() {
            return Instant.now();
        }
    };

    @AfterContainer
    static void close() {
        BLOCKING.close();
        WRITER.close();
    }

    /** A node without a heart: it is silent from its beginning. */
    private static final class Silent {
        final NodeLife life;
        final Budgets budgets;
        final List<Reservation> held = new ArrayList<>();

        Silent(String name) throws SQLException {
            life = NodeLife.begin(WRITER, name, Duration.ofSeconds(10));
            budgets = new Budgets(life, CLOCK, WRITER, BLOCKING, Duration.ZERO);
        }
    }

    private static HikariDataSource writer() {
        var config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setUsername("ledger_writer");
        config.setPassword(DATABASE.password(DatabaseRole.LEDGER_WRITER));
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    private static BudgetClaim claim(String name, long rows) {
        BudgetWindow window = name.equals("slide")
                ? new SlidingWindow(Duration.ofDays(360))
                : new CalendarWindow(CalendarWindow.Unit.YEAR, 1, ZoneOffset.UTC);
        var rule = new Rule("budgets." + name, Layer.TENANT, "t", "0".repeat(64), 1, List.of());
        long limit = LIMITS.getOrDefault(name, 0L);
        return new BudgetClaim(new BudgetRule(name, Set.of(BudgetScope.TENANT), limit, window, rule), name, name, rows);
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void histories_whateverHappens_neverPassALimitAndStrandNothing(
            @ForAll @Size(min = 10, max = 60) List<@IntRange(min = 0, max = 1_000_000) Integer> steps)
            throws SQLException {
        int history = HISTORIES.incrementAndGet();
        var tenant = new TenantId("t" + history);
        var charged = new HashMap<String, Long>();
        var nodes = new ArrayList<Silent>();
        for (int i = 0; i < 3; i++) {
            nodes.add(new Silent("h" + history + "-" + i));
        }
        for (int step : steps) {
            int which = step % 3;
            step(nodes, which, tenant, step / 3, charged);
            charged.forEach((name, rows) -> assertThat(rows).isLessThanOrEqualTo(LIMITS.get(name)));
        }
        assertThat(used(tenant)).as("what the database says was used").isEqualTo(charged);
        for (Silent node : nodes) {
            node.life.leave();
        }
        var fresh = new Silent("h" + history + "-fresh");
        for (String name : LIMITS.keySet()) {
            long left = LIMITS.getOrDefault(name, 0L) - charged.getOrDefault(name, 0L);
            assertThat(reserve(fresh, tenant, List.of(claim(name, left + 1))))
                    .isInstanceOf(ReserveResult.Exhausted.class);
            if (left > 0) {
                assertThat(reserve(fresh, tenant, List.of(claim(name, left))))
                        .isInstanceOf(ReserveResult.Reserved.class);
            }
        }
    }

    private static void step(List<Silent> nodes, int which, TenantId tenant, int choice, Map<String, Long> charged)
            throws SQLException {
        Silent node = nodes.get(which);
        switch (choice % 12) {
            case 0, 1, 2, 3, 4 -> take(node, tenant, choice / 12);
            case 5, 6, 7 -> charge(node, charged);
            case 8 -> release(node);
            case 9 -> node.budgets.tidy();
            // It sleeps for longer than the lease: the others give it up, and it does not know.
            case 10 ->
                sql("UPDATE nodes SET generation = generation + 1, seen_at = NULL WHERE node = '" + node.life.name()
                        + "'");
            // It dies, and another process begins under its name.
            default -> nodes.set(which, new Silent(node.life.name()));
        }
    }

    private static void take(Silent node, TenantId tenant, int choice) {
        long rows = choice % 7 + 1L;
        var claims = new ArrayList<BudgetClaim>();
        List<String> names = List.of("small", "slide", "leased");
        for (int i = 0; i < names.size(); i++) {
            if (((choice / 7) >> i & 1) == 1) {
                claims.add(claim(names.get(i), names.get(i).equals("leased") ? rows * 30 : rows));
            }
        }
        if (reserve(node, tenant, claims) instanceof ReserveResult.Reserved(Reservation reservation)) {
            node.held.add(reservation);
        }
    }

    private static ReserveResult reserve(Silent node, TenantId tenant, List<BudgetClaim> claims) {
        return node.budgets.reserve(tenant, claims).toCompletableFuture().join();
    }

    private static void release(Silent node) {
        if (!node.held.isEmpty()) {
            node.held.removeFirst().release();
        }
    }

    /** As a flush does: what a generation that is over was granted is refused, and the node begins again. */
    private static void charge(Silent node, Map<String, Long> charged) throws SQLException {
        if (node.held.isEmpty()) {
            return;
        }
        Settlement settlement = node.held.removeFirst().append();
        boolean done = charge(node.life.name(), settlement);
        if (done) {
            settlement.shares().forEach(share -> charged.merge(share.budget(), share.rows(), Long::sum));
        } else {
            node.life.renew(settlement.generation());
        }
        settlement.end(done);
    }

    private static boolean charge(String node, Settlement settlement) throws SQLException {
        List<Share> shares = settlement.shares();
        try (Connection connection = WRITER.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT charge(?, ?, ?, ?, ?, ?)")) {
            statement.setString(1, node);
            statement.setLong(2, settlement.generation());
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "text", shares.stream().map(Share::tenant).toArray()));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "text", shares.stream().map(Share::budget).toArray()));
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "int8", shares.stream().map(Share::window).toArray()));
            statement.setArray(
                    6,
                    connection.createArrayOf(
                            "int8", shares.stream().map(Share::rows).toArray()));
            statement.execute();
            return true;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("SP001");
            return false;
        }
    }

    private static void sql(String sql) throws SQLException {
        try (Connection superuser = DATABASE.superuser();
                PreparedStatement statement = superuser.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private static Map<String, Long> used(TenantId tenant) throws SQLException {
        var used = new HashMap<String, Long>();
        try (Connection superuser = DATABASE.superuser();
                PreparedStatement statement = superuser.prepareStatement(
                        "SELECT budget, sum(used) FROM budget_shares WHERE tenant = ? GROUP BY 1 HAVING sum(used) > 0")) {
            statement.setString(1, tenant.value());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    used.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return used;
    }
}
