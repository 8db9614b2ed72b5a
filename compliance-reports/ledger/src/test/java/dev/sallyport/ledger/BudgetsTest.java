package dev.sallyport.ledger;

import static dev.sallyport.ledger.LedgerFixture.reserved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.BudgetScope;
import dev.sallyport.policy.BudgetWindow;
import dev.sallyport.policy.Layer;
import dev.sallyport.policy.Rule;
import dev.sallyport.policy.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BudgetsTest {
    private static final TenantId ACME = new TenantId("acme");

    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final Sums sums = new Sums();
    private final Budgets budgets = new Budgets(() -> now, sums);

    /** The committed sums, as the database would hold them. */
    private static final class Sums implements SumSource {
        final Map<String, Long> committed = new ConcurrentHashMap<>();
        boolean broken;

        @Override
        public CompletionStage<Long> used(String tenant, String budget, Instant window) {
            return broken
                    ? CompletableFuture.failedFuture(new IllegalStateException("no database"))
                    : CompletableFuture.completedFuture(committed.getOrDefault(budget + window, 0L));
        }
    }

    private static BudgetClaim claim(String id, long limit, BudgetWindow.Unit unit, String zone) {
        var rule = new Rule("budgets." + id, Layer.TENANT, "t", "0".repeat(64), 1, List.of());
        var window = new BudgetWindow(unit, 1, ZoneId.of(zone));
        return new BudgetClaim(new BudgetRule(id, Set.of(BudgetScope.KEY), limit, window, rule), "budget=" + id);
    }

    private static BudgetClaim daily(String id, long limit) {
        return claim(id, limit, BudgetWindow.Unit.DAY, "UTC");
    }

    private ReserveResult reserve(long rows, BudgetClaim... claims) {
        return budgets.reserve(ACME, List.of(claims), rows)
                .toCompletableFuture()
                .join();
    }

    private static void commit(Reservation reservation) {
        reservation.append();
        reservation.end(true);
    }

    @Test
    void reserve_upToTheLimit_thenExhausted() {
        commit(reserved(reserve(7, daily("a", 10))));
        Reservation held = reserved(reserve(3, daily("a", 10)));
        assertThat(held.remaining().getFirst().remaining()).isZero();

        assertThat(reserve(1, daily("a", 10)))
                .isEqualTo(
                        new ReserveResult.Exhausted(daily("a", 10).rule(), 0, Instant.parse("2026-11-24T00:00:00Z")));

        held.release();
        held.release();
        reserved(reserve(3, daily("a", 10)));
    }

    @Test
    void reserve_severalBudgets_allOrNone() {
        assertThat(reserve(5, daily("wide", 100), daily("narrow", 4))).isInstanceOf(ReserveResult.Exhausted.class);

        Reservation all = reserved(reserve(100, daily("wide", 100)));

        assertThat(all.charges()).hasSize(1);
    }

    @Test
    void reserve_twoLimitsOnOneBudget_chargedOnceUnderTheLower() {
        BudgetClaim low = daily("a", 5);
        BudgetClaim high = new BudgetClaim(daily("b", 50).rule(), low.identity());

        Reservation reservation = reserved(reserve(4, low, high));

        assertThat(reservation.charges()).hasSize(1);
        assertThat(reservation.remaining()).extracting("remaining").containsExactly(1L, 46L);
        assertThat(reserve(2, low, high)).isInstanceOf(ReserveResult.Exhausted.class);
    }

    @Test
    void window_inAZone_endsAtThatZonesMidnight() {
        BudgetClaim berlin = claim("a", 5, BudgetWindow.Unit.DAY, "Europe/Berlin");
        now = Instant.parse("2026-11-23T22:59:59.999Z");
        commit(reserved(reserve(5, berlin)));
        assertThat(reserve(1, berlin)).isInstanceOf(ReserveResult.Exhausted.class);

        now = Instant.parse("2026-11-23T23:00:00Z");

        Reservation next = reserved(reserve(5, berlin));
        assertThat(next.charges().getFirst().window()).isEqualTo(now.getEpochSecond() * 1_000_000);
    }

    @Test
    void forgotten_windowWithHeldRows_staysUntilTheyAreSettled() {
        Reservation held = reserved(reserve(5, daily("a", 5)));
        now = now.plusSeconds(86_400 + 120);
        budgets.forgetPast();
        now = now.minusSeconds(86_400 + 120);

        assertThat(reserve(1, daily("a", 5))).isInstanceOf(ReserveResult.Exhausted.class);
        held.release();
    }

    @Test
    void sums_unreadable_areUnavailableAndReadAgainLater() {
        sums.broken = true;
        assertThat(reserve(1, daily("a", 5))).isInstanceOf(ReserveResult.Unavailable.class);

        sums.broken = false;

        reserved(reserve(5, daily("a", 5)));
    }

    /** Any sequence of calls: committed plus held never exceeds the limit, and memory ends where the sums are. */
    @Property(tries = 300)
    void reservations_inAnyOrder_neverExceedAnyLimit(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 1_000) Integer> steps) {
        var limits = Map.of("a", 20L, "b", 35L, "c", 50L);
        var names = List.of("a", "b", "c");
        var committed = new HashMap<String, Long>();
        var held = new ArrayList<Reservation>();
        for (int step : steps) {
            if (step % 3 == 0 && !held.isEmpty()) {
                Reservation ended = held.remove(step % held.size());
                if (step % 2 == 0) {
                    commit(ended);
                    ended.charges().forEach(c -> committed.merge(c.budget(), c.rows(), Long::sum));
                } else {
                    ended.release();
                }
                continue;
            }
            var claims = names.stream()
                    .filter(name -> ((step >> names.indexOf(name)) & 1) == 1)
                    .map(name -> daily(name, limits.getOrDefault(name, 0L)))
                    .toArray(BudgetClaim[]::new);
            if (reserve(step % 9 + 1, claims) instanceof ReserveResult.Reserved(Reservation reservation)) {
                held.add(reservation);
            }
            for (String name : names) {
                long used = committed.getOrDefault("budget=" + name, 0L);
                long open = held.stream()
                        .flatMap(r -> r.charges().stream())
                        .filter(c -> c.budget().equals("budget=" + name))
                        .mapToLong(c -> c.rows())
                        .sum();
                assertThat(used + open).isLessThanOrEqualTo(limits.getOrDefault(name, 0L));
            }
        }
    }

    @Test
    void reservations_ofManyThreads_neverExceedTheLimitAndFillIt() throws InterruptedException {
        long limit = 5_000;
        var used = new AtomicLong();
        var exceeded = new AtomicBoolean();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 16; i++) {
            int seed = i;
            threads.add(Thread.ofVirtual().start(() -> {
                var random = new Random(seed);
                int refusals = 0;
                while (refusals < 50) {
                    if (reserve(random.nextInt(5) + 1, daily("a", limit), daily("b", limit * 2))
                            instanceof ReserveResult.Reserved(Reservation reservation)) {
                        if (random.nextInt(4) == 0) {
                            reservation.release();
                        } else {
                            commit(reservation);
                            assertThat(used.addAndGet(
                                            reservation.charges().getFirst().rows()))
                                    .isLessThanOrEqualTo(limit);
                        }
                    } else {
                        refusals++;
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        while (reserve(1, daily("a", limit)) instanceof ReserveResult.Reserved(Reservation reservation)) {
            commit(reservation);
            used.incrementAndGet();
        }
        assertThat(exceeded).isFalse();
        assertThat(used).hasValue(limit);
    }
}
