package dev.sallyport.ledger;

import static dev.sallyport.ledger.LedgerFixture.ACME;
import static dev.sallyport.ledger.LedgerFixture.FIRST;
import static dev.sallyport.ledger.LedgerFixture.daily;
import static dev.sallyport.ledger.LedgerFixture.reserved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.ledger.budget.BudgetClaim;
import dev.sallyport.ledger.budget.Reservation;
import dev.sallyport.ledger.budget.ReserveResult;
import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.BudgetScope;
import dev.sallyport.policy.SlidingWindow;
import dev.sallyport.policy.TenantId;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Budgets of one node and of several on one database. */
@Timeout(60)
class BudgetsIT {
    private final LedgerFixture fixture = new LedgerFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private ReserveResult reserve(Ledger node, BudgetClaim... claims) {
        return node.budgets()
                .reserve(ACME, List.of(claims))
                .toCompletableFuture()
                .join();
    }

    private ReserveResult reserve(BudgetClaim... claims) {
        return reserve(fixture.ledger, claims);
    }

    private static BudgetClaim claim(BudgetRule rule, String identity, long rows) {
        return new BudgetClaim(rule, identity, identity, rows);
    }

    private static BudgetClaim sliding(long limit, long rows) {
        BudgetRule day = daily("slide", limit, 1).rule();
        var rule = new BudgetRule("slide", Set.of(), limit, new SlidingWindow(Duration.ofMinutes(1)), day.origin());
        return claim(rule, "slide", rows);
    }

    /** Reserves and records until nothing is left; returns the rows. */
    private long drain(Ledger node, int callers, BudgetClaim claim) throws InterruptedException {
        var used = new AtomicLong();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < callers; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (reserve(node, claim) instanceof ReserveResult.Reserved(Reservation reservation)) {
                    var append = Append.of(
                            fixture.permit(ACME, FIRST, reservation.charges()), reservation, Duration.ofSeconds(10));
                    if (node.writer().append(append).toCompletableFuture().join() instanceof AppendResult.Committed) {
                        used.addAndGet(claim.rows());
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return used.get();
    }

    private long used() {
        return LedgerAudit.sums(fixture.database).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void reserve_upToTheLimit_thenExhausted() {
        reserved(reserve(daily("a", 10, 7)));
        Reservation held = reserved(reserve(daily("a", 10, 3)));
        assertThat(held.remaining().getFirst().remaining()).isZero();
        BudgetClaim more = daily("a", 10, 1);
        assertThat(reserve(more)).isInstanceOfSatisfying(ReserveResult.Exhausted.class, exhausted -> {
            assertThat(exhausted.spent().rule()).isEqualTo(more.rule());
            assertThat(exhausted.spent().remaining()).isZero();
            assertThat(exhausted.spent().reset())
                    .isEqualTo(more.rule().window().end(fixture.ledger.clock().instant()));
        });
        held.release();
        held.release();
        reserved(reserve(daily("a", 10, 3)));
    }

    @Test
    void reserve_severalBudgets_allOrNone() {
        assertThat(reserve(daily("wide", 100, 5), daily("narrow", 4, 5)))
                .isInstanceOfSatisfying(
                        ReserveResult.Exhausted.class,
                        exhausted -> assertThat(exhausted.spent().rule().id()).isEqualTo("narrow"));
        assertThat(reserved(reserve(daily("wide", 100, 100))).charges()).hasSize(1);
    }

    @Test
    void reserve_twoLimitsOnOneBudget_chargedOnceUnderTheLower() {
        BudgetClaim low = daily("a", 5, 4);
        BudgetClaim high = claim(daily("b", 50, 4).rule(), low.identity(), 4);
        Reservation reservation = reserved(reserve(low, high));
        assertThat(reservation.charges()).hasSize(1);
        assertThat(reservation.remaining()).extracting("remaining").containsExactly(1L, 46L);
        assertThat(reserve(low, high)).isInstanceOf(ReserveResult.Exhausted.class);
    }

    /** Nobody knows what a person was called under: records say one thing, the sums another. */
    @Test
    void reserve_forAPerson_recordsAnotherNameThanItCounts() {
        BudgetRule rule = new BudgetRule(
                "p",
                Set.of(BudgetScope.SUBJECT),
                5_000,
                daily("a", 1, 1).rule().window(),
                daily("a", 1, 1).rule().origin());
        Reservation reservation = reserved(reserve(new BudgetClaim(rule, "handle", "pseudonym", 2)));
        fixture.append(fixture.permit(ACME, FIRST, reservation.charges()), reservation);
        assertThat(reservation.charges()).extracting("budget").containsExactly("pseudonym");
        assertThat(LedgerAudit.sums(fixture.database)).hasSize(1).allSatisfy((sum, rows) -> {
            assertThat(sum).startsWith("acme|handle|");
            assertThat(rows).isEqualTo(2);
        });
        assertThat(granted()).as("no block of a person's budget").isEqualTo(2);
    }

    private long granted() {
        try (Connection superuser = fixture.database.superuser();
                Statement statement = superuser.createStatement();
                var row = statement.executeQuery("""
                        SELECT coalesce(sum(s.granted), 0) FROM budget_shares s JOIN nodes n
                        ON n.node = s.node AND n.generation = s.generation""")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void callers_ofTwoNodes_useEveryRowOfASmallBudgetAndNoneMore() throws InterruptedException {
        try (Ledger second = fixture.open(fixture.database.jdbcUrl(), "node-2")) {
            var others = new AtomicLong();
            Thread other = Thread.ofVirtual().start(() -> {
                try {
                    others.set(drain(second, 8, daily("small", 203, 1)));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            long mine = drain(fixture.ledger, 8, daily("small", 203, 1));
            other.join();
            assertThat(mine + others.get()).isEqualTo(203);
            assertThat(others).hasPositiveValue();
            assertThat(used()).isEqualTo(203);
        }
    }

    @Test
    void block_ofANodeWithoutTraffic_isSoonThereForTheOther() throws InterruptedException {
        try (Ledger second = fixture.open(fixture.database.jdbcUrl(), "node-2")) {
            reserved(reserve(second, daily("big", 2_000, 1))).release();
            assertThat(granted()).as("a block").isEqualTo(31);
            long mine = drain(fixture.ledger, 8, daily("big", 2_000, 1));
            assertThat(mine).isBetween(2_000 - 31L, 2_000L);
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (mine < 2_000 && System.nanoTime() < end) {
                Thread.sleep(200);
                mine += drain(fixture.ledger, 1, daily("big", 2_000, 1));
            }
            assertThat(mine).isEqualTo(2_000);
            assertThat(used()).isEqualTo(2_000);
        }
    }

    @Test
    void slidingBudget_ofTwoNodes_isNeverPassedInAnyInterval() throws InterruptedException {
        try (Ledger second = fixture.open(fixture.database.jdbcUrl(), "node-2")) {
            BudgetClaim claim = sliding(1_200, 2);
            Thread other = Thread.ofVirtual().start(() -> {
                try {
                    drain(second, 4, claim);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            drain(fixture.ledger, 4, claim);
            other.join();
            // Blocks of buckets that ended meanwhile go back, and are used by whoever asks.
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (used() < 1_200 && System.nanoTime() < end) {
                drain(fixture.ledger, 1, claim);
                Thread.sleep(100);
            }
            assertThat(used()).isEqualTo(1_200);
            assertThat(reserve(claim))
                    .isInstanceOfSatisfying(
                            ReserveResult.Exhausted.class,
                            exhausted -> assertThat(exhausted.spent().reset())
                                    .isAfter(fixture.ledger.clock().instant())
                                    .isBefore(fixture.ledger.clock().instant().plusSeconds(62)));
        }
    }

    @Test
    void node_thatClosed_leavesNothingHeld() {
        try (Ledger second = fixture.open(fixture.database.jdbcUrl(), "node-2")) {
            reserved(reserve(second, daily("big", 2_000, 700)));
        }
        assertThat(granted()).isZero();
        reserved(reserve(daily("big", 2_000, 2_000)));
    }

    /** What a pause longer than the lease does: the others have raised its generation. */
    @Test
    void node_thatWasGivenUp_chargesNothingOfBeforeAndBeginsAgainByItself() throws Exception {
        Reservation before = reserved(reserve(daily("big", 2_000, 1_500)));
        long generation = fixture.ledger.health().generation();
        try (Connection superuser = fixture.database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("UPDATE nodes SET generation = generation + 1");
        }
        assertThat(fixture.append(fixture.permit(ACME, FIRST, before.charges()), before))
                .isInstanceOf(AppendResult.Unavailable.class);
        assertThat(fixture.ledger.health().retired()).isFalse();
        assertThat(fixture.ledger.health().generation()).isGreaterThan(generation + 1);
        assertThat(drain(fixture.ledger, 4, daily("big", 2_000, 5))).isEqualTo(2_000);
        assertThat(LedgerAudit.faults(fixture.database, List.of())).isEmpty();
    }

    /** Which window is charged, and when a node is given up, the database's clock says. */
    @Test
    void node_whoseClockIsAnHourOff_sharesTheSameWindows() throws InterruptedException {
        LedgerSettings settings = fixture.settings(fixture.database.jdbcUrl(), "node-2");
        InstantSource off = () -> Instant.now().plus(Duration.ofHours(1));
        try (Ledger second = Ledger.open(settings, off, new SecureRandom(), FlushListener.NONE)) {
            BudgetRule day = daily("slide", 30, 1).rule();
            var rule = new BudgetRule("slide", Set.of(), 30, new SlidingWindow(Duration.ofMinutes(2)), day.origin());
            long used = drain(second, 2, claim(rule, "slide", 1));
            assertThat(used + drain(fixture.ledger, 2, claim(rule, "slide", 1))).isEqualTo(30);
            Instant now = Instant.now();
            assertThat(LedgerAudit.sums(fixture.database).keySet())
                    .allSatisfy(sum -> assertThat(Instant.ofEpochSecond(
                                    Long.parseLong(sum.substring(sum.lastIndexOf('|') + 1)) / 1_000_000))
                            .isBetween(now.minusSeconds(60), now));
            assertThat(second.health().clockAhead()).isGreaterThan(Duration.ofMinutes(59));
        }
    }

    @Test
    void state_changedThroughOneNode_isToldToTheOther() throws InterruptedException {
        var told = new LinkedBlockingQueue<String>();
        try (Ledger second = fixture.open(fixture.database.jdbcUrl(), "node-2")) {
            second.onStateMoved(tenant -> told.add(tenant.value()));
            fixture.ledger.scope().change(ACME, scoped -> scoped.raiseEpoch(ACME));
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("acme");
            fixture.ledger.scope().change(TenantId.PLATFORM, scoped -> scoped.raiseEpoch(TenantId.PLATFORM));
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("platform");
        }
    }
}
