package dev.sallyport.ledger;

import static dev.sallyport.ledger.LedgerFixture.ACME;
import static dev.sallyport.ledger.LedgerFixture.EURO;
import static dev.sallyport.ledger.LedgerFixture.FIRST;
import static dev.sallyport.ledger.LedgerFixture.KEY;
import static dev.sallyport.ledger.LedgerFixture.daily;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.format.Act;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Epochs;
import dev.sallyport.format.Principal;
import dev.sallyport.ledger.budget.Reservation;
import dev.sallyport.ledger.budget.ReserveResult;
import dev.sallyport.policy.TenantId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerIT {
    private LedgerFixture fixture;

    @BeforeEach
    void open() {
        fixture = new LedgerFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void append_currentState_isCommittedAndReadBack() {
        Reservation reservation = fixture.reserve(ACME, daily("day", 10, 3));
        AuditRecord record = fixture.permit(ACME, FIRST, reservation.charges());

        assertThat(LedgerFixture.committed(fixture.append(record, reservation)).recordId())
                .isEqualTo(record.id());

        StoredRecord stored = fixture.ledger
                .reader()
                .byId(new ReadScope.OneTenant(ACME), record.id())
                .orElseThrow();
        assertThat(stored.record()).isEqualTo(record);
        assertThat(stored.isIntact()).isTrue();
        assertThat(LedgerAudit.faults(fixture.database, List.of(record.id()))).isEmpty();
    }

    @Test
    void append_manyTenantsAtOnce_eachSeesItsOwn() {
        var results = new ArrayList<CompletableFuture<AppendResult>>();
        for (int i = 0; i < 500; i++) {
            TenantId tenant = i % 2 == 0 ? ACME : EURO;
            results.add(fixture.ledger
                    .writer()
                    .append(Append.of(fixture.permit(tenant, FIRST, List.of()), null, Duration.ofSeconds(10)))
                    .toCompletableFuture());
        }
        assertThat(results).allSatisfy(r -> assertThat(r.join()).isInstanceOf(AppendResult.Committed.class));
        Instant from = Instant.now().minusSeconds(60);
        Instant to = Instant.now().plusSeconds(60);
        RecordReader reader = fixture.ledger.reader();
        var acme = new ArrayList<StoredRecord>();
        reader.stream(new ReadScope.OneTenant(ACME), from, to, acme::add);
        assertThat(acme).hasSize(250).allSatisfy(r -> assertThat(r.tenant()).isEqualTo(ACME));
        var all = new ArrayList<StoredRecord>();
        reader.stream(new ReadScope.Everyone(), from, to, all::add);
        assertThat(all).hasSize(500);
        var paged = new ArrayList<String>();
        String cursor = null;
        do {
            Page page = reader.list(new ReadScope.Everyone(), from, to, cursor, 70);
            page.records().forEach(r -> paged.add(r.id()));
            cursor = page.cursor();
        } while (cursor != null);
        assertThat(paged).isEqualTo(all.stream().map(StoredRecord::id).toList());
        assertThat(reader.byId(new ReadScope.OneTenant(EURO), acme.getFirst().id()))
                .isEmpty();
        assertThat(reader.byId(new ReadScope.Everyone(), acme.getFirst().id())).isPresent();
    }

    @Test
    void append_afterTheStateMoved_isStaleAndOthersCommit() {
        fixture.ledger.scope().change(ACME, scoped -> scoped.raiseEpoch(ACME));
        Reservation reservation = fixture.reserve(ACME, daily("day", 3, 3));

        var old = fixture.ledger
                .writer()
                .append(Append.of(
                        fixture.permit(ACME, FIRST, reservation.charges()), reservation, Duration.ofSeconds(10)))
                .toCompletableFuture();
        AppendResult other = fixture.append(fixture.permit(EURO, FIRST, List.of()), null);

        assertThat(old.join()).isEqualTo(new AppendResult.Stale());
        assertThat(other).isInstanceOf(AppendResult.Committed.class);
        assertThat(fixture.append(fixture.permit(ACME, new Epochs(1, 1), List.of()), null))
                .isInstanceOf(AppendResult.Committed.class);
        fixture.reserve(ACME, daily("day", 3, 3)).release();
    }

    @Test
    void append_afterThePlatformMoved_isStaleForEveryone() {
        fixture.ledger.scope().change(TenantId.PLATFORM, scoped -> scoped.raiseEpoch(TenantId.PLATFORM));

        assertThat(fixture.append(fixture.permit(ACME, FIRST, List.of()), null)).isEqualTo(new AppendResult.Stale());
        assertThat(fixture.append(fixture.permit(ACME, new Epochs(2, 0), List.of()), null))
                .isInstanceOf(AppendResult.Committed.class);
        assertThat(fixture.append(fixture.permit(ACME, null, List.of()), null))
                .isInstanceOf(AppendResult.Committed.class);
    }

    @Test
    void append_deadlinePassed_isUnavailableAndFreesTheReservation() {
        Reservation reservation = fixture.reserve(ACME, daily("day", 3, 3));
        fixture.ledger.close();

        AppendResult result = fixture.append(fixture.permit(ACME, FIRST, reservation.charges()), reservation);

        assertThat(result).isInstanceOf(AppendResult.Unavailable.class);
        fixture.reserve(ACME, daily("day", 3, 3));
    }

    /** A clock that was set must neither end a call nor keep it. */
    @Test
    void append_whateverTheNodesClockSays_isWritten() {
        for (Duration step : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
            LedgerSettings settings = fixture.settings(fixture.database.jdbcUrl(), "node-1");
            InstantSource set = () -> Instant.now().plus(step);
            fixture.ledger.close();
            fixture.ledger = Ledger.open(settings, set, new SecureRandom(), FlushListener.NONE);

            assertThat(fixture.append(fixture.permit(ACME, FIRST, List.of()), null))
                    .isInstanceOf(AppendResult.Committed.class);
        }
    }

    @Test
    void secondNode_starts_bothRecord() {
        try (Ledger second = fixture.open(fixture.database.jdbcUrl(), "node-2")) {
            assertThat(fixture.append(fixture.permit(ACME, FIRST, List.of()), null))
                    .isInstanceOf(AppendResult.Committed.class);
            assertThat(fixture.ledger.health().retired()).isFalse();
            assertThat(second.health().recording()).isTrue();
        }
    }

    @Test
    void secondProcess_ofTheSameName_retiresTheFirst() {
        try (Ledger second = fixture.open(fixture.database.jdbcUrl(), "node-1")) {
            assertThat(fixture.append(fixture.permit(ACME, FIRST, List.of()), null))
                    .isInstanceOf(AppendResult.Unavailable.class);
            assertThat(fixture.ledger.health().retired()).isTrue();
            assertThat(fixture.ledger.health().recording()).isFalse();
            assertThat(second.health().recording()).isTrue();
        }
    }

    @Test
    void act_recordedInAChange_standsOrFallsWithIt() {
        RecordMint mint = fixture.ledger.mint();
        AuditRecord act = mint.act(ACME, KEY, "key.issue", Act.on("keys/1")).build();
        AuditRecord undone = mint.act(ACME, KEY, "key.issue", Act.on("keys/2")).build();

        fixture.ledger.scope().change(ACME, scoped -> {
            scoped.record(act);
            return scoped.epochs();
        });
        assertThatThrownBy(() -> fixture.ledger.scope().change(ACME, scoped -> {
                    scoped.record(undone);
                    throw new IllegalStateException("changed its mind");
                }))
                .isInstanceOf(IllegalStateException.class);

        RecordReader reader = fixture.ledger.reader();
        assertThat(reader.byId(new ReadScope.OneTenant(ACME), act.id())
                        .orElseThrow()
                        .record())
                .isEqualTo(act);
        assertThat(reader.byId(new ReadScope.OneTenant(ACME), undone.id())).isEmpty();
        Epochs epochs = fixture.ledger.scope().run(ACME, Scoped::epochs);
        assertThat(epochs).isEqualTo(new Epochs(1, 1));
    }

    @Test
    void refusals_ofOneSecond_areOneRecordWithTheirCount() throws InterruptedException {
        var key = new GroupKey(TenantId.PLATFORM, Principal.address("203.0.113.0/24"), "KEY_UNKNOWN");
        String id = "";
        for (int i = 0; i < 17; i++) {
            RecordMint mint = fixture.ledger.mint();
            AuditRecord draft = mint.decision(mint.id(), TenantId.PLATFORM, key.principal(), "predict", Effect.DENY)
                    .code("KEY_UNKNOWN")
                    .build();
            id = fixture.ledger.writer().group(key, draft);
        }
        Thread.sleep(1_500);
        AuditRecord record = fixture.ledger
                .reader()
                .byId(new ReadScope.OneTenant(TenantId.PLATFORM), id)
                .orElseThrow()
                .record();
        assertThat(record.count()).isEqualTo(17);
    }

    @Test
    void budget_afterARestart_isWhatTheDatabaseSays() {
        Reservation reservation = fixture.reserve(ACME, daily("day", 10, 7));
        fixture.append(fixture.permit(ACME, FIRST, reservation.charges()), reservation);
        fixture.restart();

        var result = fixture.ledger
                .budgets()
                .reserve(ACME, List.of(daily("day", 10, 4)))
                .toCompletableFuture()
                .join();

        assertThat(result)
                .isInstanceOfSatisfying(
                        ReserveResult.Exhausted.class,
                        exhausted -> assertThat(exhausted.spent().remaining()).isEqualTo(3));
        fixture.reserve(ACME, daily("day", 10, 3));
    }

    @Test
    void append_ofARefusedRecord_failsAloneAndTheOthersCommit() {
        AuditRecord twice = fixture.permit(ACME, FIRST, List.of());
        fixture.append(twice, null);
        var results = new ArrayList<CompletableFuture<AppendResult>>();
        for (int i = 0; i < 50; i++) {
            AuditRecord record = i == 20 ? twice : fixture.permit(ACME, FIRST, List.of());
            results.add(fixture.ledger
                    .writer()
                    .append(Append.of(record, null, Duration.ofSeconds(10)))
                    .toCompletableFuture());
        }
        for (int i = 0; i < 50; i++) {
            assertThat(results.get(i).join())
                    .isInstanceOf(i == 20 ? AppendResult.Unavailable.class : AppendResult.Committed.class);
        }
    }
}
