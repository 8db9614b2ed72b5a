package dev.sallyport.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.CheckpointVerdict;
import dev.sallyport.format.log.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LogKeysIT {
    private TreeFixture fixture;

    @BeforeEach
    void open() {
        fixture = new TreeFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Path key(PublishedLogKey key) {
        return new LogKeyFolder(fixture.keysDir).file(LogKeyFolder.id(key.key()));
    }

    private static void refused(ThrowingCallable opening, String why) {
        assertThatThrownBy(opening).isInstanceOf(LogException.class).hasMessageContaining(why);
    }

    private List<VerifierKey> signedBy() {
        List<VerifierKey> all =
                fixture.log.keys().stream().map(PublishedLogKey::key).toList();
        return Checkpoint.verify(fixture.log.checkpoint().orElseThrow(), all)
                        instanceof CheckpointVerdict.Valid(Checkpoint checkpoint, List<VerifierKey> by)
                ? by
                : List.of();
    }

    @Test
    void key_lost_isNotMadeAnew() throws IOException {
        fixture.keys();
        Path file = key(fixture.log.keys().getFirst());
        byte[] kept = Files.readAllBytes(file);
        Files.delete(file);
        refused(fixture::keys, "is missing, and it signs the log");
        assertThat(file).doesNotExist();
        Files.write(file, kept);
        refused(fixture::keys, "chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        fixture.keys();
    }

    @Test
    void key_ofAnotherLog_isRefused() throws IOException {
        fixture.keys();
        try (var other = new TreeFixture()) {
            other.keys();
            Path theirs = new LogKeyFolder(other.keysDir)
                    .file(LogKeyFolder.id(other.log.keys().getFirst().key()));
            Path copy = key(fixture.log.keys().getFirst())
                    .resolveSibling(theirs.getFileName().toString());
            Files.copy(theirs, copy, StandardCopyOption.COPY_ATTRIBUTES);
            refused(fixture::keys, "is not a key of the log");
            Files.delete(copy);
            Files.copy(theirs, key(fixture.log.keys().getFirst()), StandardCopyOption.REPLACE_EXISTING);
            refused(fixture::keys, "is not a key of the log");
        }
    }

    /** A log begun again under the same key would be a fork of the first. */
    @Test
    void database_withoutALog_isNotGivenOneByAKeyThatHasSignedOne() throws SQLException {
        fixture.keys();
        fixture.superuser("DELETE FROM log_state");
        fixture.superuser("DELETE FROM log_keys");
        refused(fixture::keys, "signed a log, and the database has none");
    }

    @Test
    void origin_isFixedWhenTheLogBegins() {
        LogKeys begun = LogKeys.open(fixture.sequencer, fixture.keysDir, Optional.of("log.example/a"));
        assertThat(begun.origin()).isEqualTo("log.example/a");
        assertThat(fixture.keys().origin()).isEqualTo("log.example/a");
        refused(
                () -> LogKeys.open(fixture.sequencer, fixture.keysDir, Optional.of("log.example/b")),
                "the log's origin is log.example/a");
    }

    @Test
    void key_replaced_signsBesideTheOtherForAWhile_andThenAlone() throws Exception {
        SequencerTransaction running = fixture.begin();
        fixture.commit("acme", 1);
        fixture.sequence(running);
        VerifierKey first = fixture.log.keys().getFirst().key();
        assertThat(signedBy()).containsExactly(first);

        VerifierKey second =
                fixture.keys().rotate(fixture.sequencer, Duration.ofDays(7)).key();
        fixture.commit("acme", 1);
        fixture.sequence(running);
        assertThat(signedBy()).containsExactly(first, second);
        assertThat(fixture.log.keys()).extracting(key -> key.until() == null).containsExactly(false, true);
        assertThat(Files.readAllLines(fixture.keys().published())).containsExactly(first.encode(), second.encode());

        fixture.superuser("UPDATE log_keys SET until = now() WHERE until IS NOT NULL");
        fixture.commit("acme", 1);
        fixture.sequence(running);
        assertThat(signedBy()).containsExactly(second);
        Files.delete(key(fixture.log.keys().getFirst()));
        fixture.keys();
        fixture.assertEverythingOnce();
    }

    /** A crash between the database and the file leaves a draft, which is the key. */
    @Test
    void key_replacedByAProcessThatDied_isTakenUp() throws Exception {
        fixture.keys().rotate(fixture.sequencer, Duration.ZERO);
        Path file = key(fixture.log.keys().getLast());
        Files.move(file, file.resolveSibling(file.getFileName() + ".new"));
        fixture.sequence(fixture.begin());
        assertThat(file).exists();
    }
}
