package dev.sallyport.ledger;

import static dev.sallyport.ledger.LedgerFixture.ACME;
import static dev.sallyport.ledger.LedgerFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.Act;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Epochs;
import dev.sallyport.format.RecordKind;
import dev.sallyport.migrations.DatabaseRole;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FenceIT {
    private final AtomicReference<Epochs> known = new AtomicReference<>(new Epochs(1, 0));
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger stale = new AtomicInteger();

    @Test
    @Timeout(60)
    void epochs_raisedUnderLoad_noRecordOfTheOldStateCommitsLater() throws Exception {
        try (var fixture = new LedgerFixture()) {
            List<Thread> callers = start(16, () -> {
                AppendResult result = fixture.append(fixture.permit(ACME, known.get(), List.of()), null);
                if (result instanceof AppendResult.Stale) {
                    stale.incrementAndGet();
                    known.set(fixture.ledger.scope().run(ACME, Scoped::epochs));
                }
            });
            for (int change = 0; change < 60; change++) {
                Thread.sleep(20);
                AuditRecord act = fixture.ledger
                        .mint()
                        .act(ACME, KEY, "policy.publish", Act.on("policy"))
                        .build();
                fixture.ledger.scope().change(ACME, scoped -> {
                    scoped.record(act);
                    return 0;
                });
            }
            stop(callers);

            assertThat(late(LedgerAudit.records(fixture.database))).isEmpty();
            assertThat(stale).hasPositiveValue();
        }
    }

    /** Checks the epoch and then writes, without the lock: between the two the state may move. */
    @Test
    @Timeout(60)
    void naiveWriter_epochsRaisedUnderLoad_isCaught() throws Exception {
        try (var fixture = new LedgerFixture()) {
            List<Thread> callers = start(8, () -> {
                Epochs epochs = fixture.ledger.scope().run(ACME, Scoped::epochs);
                naive(fixture, fixture.permit(ACME, epochs, List.of()));
            });
            for (int change = 0; change < 60; change++) {
                Thread.sleep(10);
                AuditRecord act = fixture.ledger
                        .mint()
                        .act(ACME, KEY, "policy.publish", Act.on("policy"))
                        .build();
                fixture.ledger.scope().change(ACME, scoped -> {
                    scoped.record(act);
                    return 0;
                });
            }
            stop(callers);

            assertThat(late(LedgerAudit.records(fixture.database))).isNotEmpty();
        }
    }

    private static void naive(LedgerFixture fixture, AuditRecord record) {
        try (Connection connection = fixture.database.connect(DatabaseRole.LEDGER_WRITER);
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO records (tenant, id, retention_class, recorded_at, digest, record)"
                                + " VALUES (?, ?, 'standard', ?, sha256(?), ?)")) {
            insert.setString(1, record.tenant());
            insert.setString(2, record.id());
            insert.setObject(3, record.idInstant().atOffset(java.time.ZoneOffset.UTC));
            insert.setBytes(4, record.encode());
            insert.setBytes(5, record.encode());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the decisions that a change had already made old when their transaction began to write. */
    private static List<String> late(List<LedgerAudit.Written> written) {
        // Each change raised the epoch by one: the transactions of the changes in order give what each was raised to.
        TreeMap<Long, Long> epochFrom = new TreeMap<>();
        written.stream()
                .filter(w -> w.record().kind() == RecordKind.ACT)
                .map(LedgerAudit.Written::xid)
                .sorted()
                .forEach(xid -> epochFrom.put(xid, epochFrom.size() + 1L));
        var late = new ArrayList<String>();
        for (LedgerAudit.Written w : written) {
            Epochs epochs = w.record().epochs();
            if (epochs != null) {
                Map.Entry<Long, Long> before = epochFrom.lowerEntry(w.xid());
                if (before != null && epochs.tenant() < before.getValue()) {
                    late.add(w.record().id() + " of epoch " + epochs.tenant() + " after " + before.getValue());
                }
            }
        }
        return late;
    }

    private List<Thread> start(int count, Runnable call) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    call.run();
                }
            }));
        }
        return threads;
    }

    private void stop(List<Thread> callers) throws InterruptedException {
        over.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
    }
}
