package dev.sallyport.ledger.tree;

import static dev.sallyport.ledger.tree.TreeFixture.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.merkle.CompactRange;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.NodeSink;
import dev.sallyport.format.merkle.TreeHead;
import dev.sallyport.ledger.tree.SequencerTransaction.Look;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.policy.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class SequencerIT {
    private TreeFixture fixture;

    @BeforeEach
    void open() {
        fixture = new TreeFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Taking rows whose id, time or transaction id is above the last one's would lose the first record. */
    @Test
    void transaction_thatBeganBeforeAnotherAndCommitsAfterIt_isSequenced() throws SQLException {
        SequencerTransaction sequencing = fixture.begin();
        fixture.sequence(sequencing);
        try (Connection slow = fixture.source(DatabaseRole.LEDGER_WRITER).getConnection()) {
            String late = fixture.insert(slow, "acme");
            String early = fixture.commit("acme", 1).getFirst();
            assertThat(late).isLessThan(early);
            assertThat(fixture.sequence(sequencing)).isZero();
            Look blocked = sequencing.look();
            assertThat(blocked.blocked()).isTrue();
            assertThat(blocked.oldest()).isNotNull();
            slow.commit();
        }
        assertThat(fixture.sequence(sequencing)).isEqualTo(2);
        assertThat(fixture.sequence(sequencing)).isZero();
        fixture.assertEverythingOnce();
    }

    @Test
    void log_beganBesideRecords_takesThemAllFirst() throws SQLException {
        fixture.commit("acme", 700);
        fixture.commit("euro", 5);
        for (int i = 0; i < 8; i++) {
            fixture.pace.failed();
        }
        SequencerTransaction sequencing = fixture.begin();
        assertThat(fixture.sequence(sequencing)).isEqualTo(705);
        fixture.commit("acme", 3);
        assertThat(fixture.sequence(sequencing)).isEqualTo(3);
        fixture.assertEverythingOnce();
    }

    /** A logical restore: the rows are there with transaction ids of another cluster, some above this one's. */
    @Test
    void log_onAnotherCluster_takesWhatHasNoIndexAndNothingTwice() throws SQLException {
        SequencerTransaction sequencing = fixture.begin();
        fixture.commit("acme", 300);
        fixture.sequence(sequencing);
        fixture.commit("acme", 4);
        fixture.superuser(
                "UPDATE records SET xid = CASE WHEN id < (SELECT id FROM records ORDER BY id OFFSET 150 LIMIT 1)"
                        + " THEN '3'::xid8 ELSE (pg_current_xact_id()::text::bigint + 40)::text::xid8 END");
        fixture.superuser("UPDATE log_state SET system_identifier = 'another'");
        fixture.commit("acme", 2);
        assertThat(fixture.sequence(sequencing)).isEqualTo(6);
        for (int i = 0; i < 60; i++) {
            fixture.commit("euro", 1);
        }
        assertThat(fixture.sequence(sequencing)).isEqualTo(60);
        fixture.assertEverythingOnce();
    }

    @Test
    void sequencers_twoAtOnce_giveEachRecordOneIndex() throws Exception {
        fixture.begin();
        var over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var nodes = new ArrayList<Future<?>>();
            for (int node = 0; node < 2; node++) {
                nodes.add(threads.submit(() -> {
                    var pace = new Pace();
                    var sequencing = new SequencerTransaction(
                            fixture.sequencer, fixture.keys(), LogKeyWork.NONE, pace, Optional.empty());
                    while (!over.get()) {
                        pace.took(Duration.ofMillis(300), true);
                        sequencing.look();
                    }
                }));
            }
            for (int i = 0; i < 60; i++) {
                fixture.commit("tenant-" + i % 7, 1 + i % 5);
            }
            over.set(true);
            for (Future<?> node : nodes) {
                node.get();
            }
        }
        fixture.sequence(fixture.begin());
        fixture.assertEverythingOnce();
    }

    /** Whatever point of a round a connection dies at, the round is there whole or not at all. */
    @Test
    void connection_killedInTheMiddleOfRounds_losesAndDoublesNothing() throws Exception {
        SequencerTransaction sequencing = fixture.begin();
        var over = new AtomicBoolean();
        int lost = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> killer = threads.submit(() -> {
                while (!over.get()) {
                    fixture.superuser(
                            "UPDATE log_keys SET until = until WHERE pg_terminate_backend((SELECT pid"
                                    + " FROM pg_stat_activity WHERE usename = 'sequencer' AND datname = current_database() LIMIT 1))");
                    Thread.sleep(3);
                }
                return null;
            });
            for (int i = 0; i < 80; i++) {
                fixture.commit("tenant-" + i % 3, 100);
                fixture.pace.took(Duration.ofMillis(300), true);
                try {
                    sequencing.look();
                } catch (LogException e) {
                    assertThat(e.kind()).as(e.getMessage()).isEqualTo(LogException.Kind.UNAVAILABLE);
                    lost++;
                }
            }
            over.set(true);
            killer.get();
        }
        assertThat(lost).isPositive();
        fixture.sequence(sequencing);
        fixture.assertEverythingOnce();
    }

    @Test
    void proofs_atRandomSizes_areThoseOfTheRfc() throws SQLException {
        var random = new Random(20_251_124);
        SequencerTransaction sequencing = fixture.begin();
        var leaves = new ArrayList<byte[]>();
        var ids = new ArrayList<String>();
        for (int round = 0; round < 30; round++) {
            ids.addAll(fixture.commit("acme", 1 + random.nextInt(round % 5 == 4 ? 700 : 40)));
            fixture.sequence(sequencing);
            fixture.log.entries(
                    ACME,
                    leaves.size(),
                    ids.size(),
                    entry -> leaves.add(entry.envelope().encode()));
            TreeHead head = fixture.log.latest(ACME).orElseThrow().leaf().head();
            assertThat(head).isEqualTo(new TreeHead(leaves.size(), Hash.of(Rfc9162.mth(leaves))));
            for (int i = 0; i < 5; i++) {
                RecordProof proof = fixture.log
                        .proof(ACME, ids.get(random.nextInt(ids.size())))
                        .orElseThrow();
                int index = (int) proof.envelope().index();
                assertThat(proof.envelope().encode()).isEqualTo(leaves.get(index));
                assertThat(hex(proof.proof().path())).isEqualTo(Rfc9162.path(index, leaves));
                int to = 1 + random.nextInt(leaves.size());
                int from = 1 + random.nextInt(to);
                assertThat(hex(fixture.log
                                .consistency(new TreeName.OfTenant(ACME), from, to)
                                .path()))
                        .isEqualTo(Rfc9162.proof(from, leaves.subList(0, to)));
                ranges(from, to, leaves);
            }
        }
        List<byte[]> rounds =
                fixture.log.rounds(0, 30).stream().map(entry -> entry.encode()).toList();
        assertThat(hex(fixture.log
                        .consistency(new TreeName.PlatformLog(), 7, 30)
                        .path()))
                .isEqualTo(Rfc9162.proof(7, rounds));
    }

    private void ranges(int from, int to, List<byte[]> leaves) {
        LogRange range = fixture.log.range(ACME, from, to).orElseThrow();
        var tree = CompactRange.parse(range.left());
        leaves.subList(from, to).forEach(leaf -> tree.append(Hash.leaf(leaf), NodeSink.NONE));
        assertThat(range.right()
                        .verify(tree.head(), range.checkpoint().leaf().head())
                        .holds())
                .isTrue();
    }

    private static List<String> hex(List<Hash> path) {
        return path.stream().map(Hash::toString).toList();
    }

    @Test
    void tenants_byTheThousands_standInOneRound() throws SQLException {
        SequencerTransaction sequencing = fixture.begin();
        try (Connection writer = fixture.source(DatabaseRole.LEDGER_WRITER).getConnection()) {
            for (int i = 0; i < 3_000; i++) {
                fixture.insert(writer, "tenant-" + i);
            }
            writer.commit();
        }
        assertThat(fixture.sequence(sequencing)).isEqualTo(3_000);
        assertThat(fixture.log.round()).hasSize(3_001);
        assertThat(fixture.log.latest(new TenantId("tenant-2999"))).isPresent();
        fixture.assertEverythingOnce();
    }
}
