package dev.sallyport.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.Sha256;
import dev.sallyport.format.Ulid;
import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.TestDatabase;
import dev.sallyport.policy.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A fresh database with a log that a test sequences look by look. */
final class TreeFixture implements AutoCloseable {
    static final TenantId ACME = new TenantId("acme");

    final TestDatabase database = TestDatabase.fresh();
    final Path keysDir;
    final DataSource sequencer = source(DatabaseRole.SEQUENCER);
    final TransparencyLog log = new TransparencyLog(source(DatabaseRole.AUDITOR));
    final Pace pace = new Pace();
    private final Ulid.Factory ids = new Ulid.Factory(InstantSource.system(), new Random());

    TreeFixture() {
        try {
            keysDir = Files.createTempDirectory("sallyport-log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DataSource source(DatabaseRole role) {
        var source = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setAutoCommit(false);
                return connection;
            }
        };
        source.setUrl(database.jdbcUrl());
        source.setUser(role.roleName());
        source.setPassword(database.password(role));
        return source;
    }

    LogKeys keys() {
        return LogKeys.open(sequencer, keysDir, Optional.empty());
    }

    /** What a process begins with. */
    SequencerTransaction begin() {
        return begin(Optional.empty());
    }

    SequencerTransaction begin(Optional<Checkpoint> witnessed) {
        return new SequencerTransaction(sequencer, keys(), LogKeyWork.NONE, pace, witnessed);
    }

    /** Looks until there is nothing more that may be taken; returns how many records got an index. */
    int sequence(SequencerTransaction sequencing) {
        int sequenced = 0;
        for (int idle = 0; idle < 2; ) {
            pace.took(Duration.ofMillis(300), true);
            SequencerTransaction.Look look = sequencing.look();
            sequenced += Math.max(0, look.sequenced());
            idle = look.held() && !look.more() && look.sequenced() <= 0 ? idle + 1 : 0;
        }
        return sequenced;
    }

    String insert(Connection connection, String tenant) throws SQLException {
        String id = ids.next().toString();
        insert(connection, tenant, id);
        return id;
    }

    static void insert(Connection connection, String tenant, String id) throws SQLException {
        new Sql(connection)
                .update(
                        """
                        INSERT INTO records (tenant, id, retention_class, recorded_at, digest, record)
                        VALUES (?, ?, 'standard', to_timestamp(? / 1000.0), ?, ?)""",
                        tenant,
                        id,
                        Ulid.parse(id).instant().toEpochMilli(),
                        Sha256.digest(id.getBytes(StandardCharsets.UTF_8)),
                        id.getBytes(StandardCharsets.UTF_8));
    }

    /** Commits records, all in one transaction. */
    List<String> commit(String tenant, int count) throws SQLException {
        try (Connection writer = source(DatabaseRole.LEDGER_WRITER).getConnection()) {
            var made = new ArrayList<String>();
            for (int i = 0; i < count; i++) {
                made.add(insert(writer, tenant));
            }
            writer.commit();
            return made;
        }
    }

    /** Does what the database's superuser can. */
    void superuser(String sql, Object... parameters) throws SQLException {
        try (Connection superuser = database.superuser()) {
            new Sql(superuser).update(sql, parameters);
        }
    }

    /** Checks that every record has exactly one entry, that entries have no gaps, and that all of it verifies. */
    void assertEverythingOnce() throws SQLException {
        try (Connection superuser = database.superuser()) {
            var sql = new Sql(superuser);
            List<String> records =
                    sql.list("SELECT tenant || ' ' || id FROM records ORDER BY 1", row -> row.getString(1));
            List<String> entries = sql.list(
                    "SELECT tenant || ' ' || i FROM entry_runs, UNNEST(ids) i ORDER BY 1", row -> row.getString(1));
            assertThat(entries).isEqualTo(records);
            assertThat(sql.list("""
                            SELECT tenant FROM entry_runs GROUP BY tenant
                            HAVING sum(count) <> max(first_index + count) OR min(first_index) <> 0""", row -> row.getString(1))).isEmpty();
            assertThat(sql.list(
                            "SELECT 1 FROM rounds a JOIN rounds b ON b.index = a.index + 1"
                                    + " WHERE b.sequenced_at < a.sequenced_at",
                            row -> 1))
                    .isEmpty();
        }
        // Reads, and compares with what is signed, all there is.
        new SequencerTransaction(sequencer, keys(), LogKeyWork.NONE, new Pace(), Optional.empty()).look();
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(keysDir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
