package dev.sallyport.ledger.tree;

import static dev.sallyport.ledger.tree.TreeFixture.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.SignedNote;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody with the whole database can change behind the sequencer's back. */
final class TamperedLogIT {
    private TreeFixture fixture;
    private SequencerTransaction running;

    @BeforeEach
    void open() throws SQLException {
        fixture = new TreeFixture();
        running = fixture.begin();
        fixture.commit("acme", 600);
        fixture.sequence(running);
        fixture.commit("acme", 1);
        fixture.sequence(running);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE trees SET root = sha256('x') WHERE tenant = 'acme'",
                "UPDATE trees SET state = overlay(state PLACING '\\x00' FROM 20) WHERE tenant = 'acme'",
                "DELETE FROM trees WHERE tenant = 'acme'",
                "UPDATE trees SET root = sha256('x') WHERE tenant = ''",
                "UPDATE log_state SET checkpoint = ''",
                "UPDATE log_state SET rounds = rounds - 1",
                "UPDATE log_state SET rounds = rounds + 1",
                "UPDATE entry_runs SET digests = sha256(digests) WHERE count = 1",
                "DELETE FROM entry_runs",
                "UPDATE entry_runs SET sequenced_at = sequenced_at - 1",
                "UPDATE rounds SET sequenced_at = sequenced_at - 1",
                "UPDATE tiles SET hashes = hashes || sha256('x') WHERE level = 1",
                "UPDATE tiles SET hashes = decode(repeat('00', octet_length(hashes)), 'hex')",
                "DELETE FROM tiles"
            })
    void database_changed_isNoticedByTheRunningSequencer(String change) throws SQLException {
        fixture.superuser(change);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 300; i++) {
                        fixture.commit("acme", 3);
                        fixture.sequence(running);
                    }
                })
                .isInstanceOfSatisfying(
                        LogException.class, e -> assertThat(e.kind()).isEqualTo(LogException.Kind.REFUSED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE trees SET root = sha256('x') WHERE tenant = 'acme'",
                "UPDATE trees SET size = 0, root = sha256(''), state = decode(repeat('00', 8), 'hex') WHERE tenant = 'acme'",
                "UPDATE log_state SET rounds = 0, checkpoint = ''",
                "UPDATE rounds SET root = sha256('x')",
                "UPDATE log_state SET checkpoint = replace(encode(checkpoint, 'escape'), 'sallyport', 'sallyports')::bytea"
            })
    void database_changed_isNoticedAtTheNextStart(String change) throws SQLException {
        fixture.superuser(change);
        assertThatThrownBy(() -> fixture.begin().look())
                .isInstanceOfSatisfying(
                        LogException.class, e -> assertThat(e.kind()).isEqualTo(LogException.Kind.REFUSED));
    }

    /** Everything put back together is consistent in itself: only who remembers, or a witness, can tell. */
    @Test
    void log_withItsTailDropped_isNoticedByWhoRemembersAndByAWitness() throws SQLException {
        Checkpoint witnessed = Checkpoint.parse(
                SignedNote.parse(fixture.log.checkpoint().orElseThrow()).text());
        try (var superuser = fixture.database.superuser()) {
            var sql = new Sql(superuser);
            for (String table : new String[] {"log_state", "trees", "tiles", "entry_runs", "rounds"}) {
                sql.update("CREATE TABLE old_" + table + " AS SELECT * FROM " + table);
            }
            fixture.commit("acme", 2);
            fixture.sequence(running);
            witnessed = Checkpoint.parse(
                    SignedNote.parse(fixture.log.checkpoint().orElseThrow()).text());
            for (String table : new String[] {"log_state", "trees", "tiles", "entry_runs", "rounds"}) {
                sql.update("DELETE FROM " + table);
                sql.update("INSERT INTO " + table + " SELECT * FROM old_" + table);
            }
        }
        Optional<Checkpoint> outside = Optional.of(witnessed);
        assertThatThrownBy(running::look).isInstanceOf(LogException.class).hasMessageContaining("older state");
        assertThatThrownBy(() -> fixture.begin(outside).look()).hasMessageContaining("older state");
        fixture.begin().look();
    }

    @Test
    void proof_ofAChangedEntry_isNotGiven() throws SQLException {
        String id = fixture.commit("acme", 1).getFirst();
        fixture.sequence(running);
        assertThat(fixture.log.proof(ACME, id)).isPresent();
        fixture.superuser("UPDATE entry_runs SET digests = sha256(digests) WHERE count = 1");
        assertThatThrownBy(() -> fixture.log.proof(ACME, id)).isInstanceOf(LogException.class);
    }
}
