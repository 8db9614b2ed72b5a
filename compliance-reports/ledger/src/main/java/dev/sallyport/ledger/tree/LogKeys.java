package dev.sallyport.ledger.tree;

import dev.sallyport.format.log.LogSigner;
import dev.sallyport.format.log.VerifierKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * The log's origin and keys: secrets in the keys folder, and in the database which keys there are and when they sign.
 * A log begins once, with one key; it is never begun again beside a database that has one, nor with a key that belongs
 * to another log. Thread-safe.
 */
public final class LogKeys {
    private static final String KEYS = "SELECT vkey, since, until FROM log_keys ORDER BY since, id";

    private final String origin;
    private final LogKeyFolder folder;
    private final Map<String, LogSigner> signers = new ConcurrentHashMap<>();

    private LogKeys(String origin, LogKeyFolder folder) {
        this.origin = origin;
        this.folder = folder;
    }

    /**
     * Takes up the log's keys, or begins the log where the database has none.
     *
     * @param sequencer connections of the role {@code sequencer}
     * @param keysDir the keys folder
     * @param wanted the origin; empty for the one that the log has, or one that is made up
     * @throws LogException if a key that signs is not in the folder, one in it is not the log's, the log has another
     *     origin, or the database cannot be reached
     */
    public static LogKeys open(DataSource sequencer, Path keysDir, Optional<String> wanted) {
        var folder = new LogKeyFolder(keysDir);
        try (Connection connection = sequencer.getConnection()) {
            var sql = new Sql(connection);
            SequencerLock.await(sql);
            Optional<LogState> state = LogState.read(sql);
            LogKeys keys = state.isPresent()
                    ? resume(folder, state.get().origin(), wanted)
                    : begin(sql, folder, wanted.orElseGet(LogKeys::unique));
            connection.commit();
            List<PublishedLogKey> published = published(sql);
            published.forEach(key -> folder.confirm(LogKeyFolder.id(key.key())));
            keys.requireOwn(published);
            keys.signers(published, now(sql));
            folder.publish(published);
            connection.commit();
            return keys;
        } catch (SQLException e) {
            throw LogException.unavailable("taking up the log's keys", e);
        }
    }

    private static LogKeys resume(LogKeyFolder folder, String origin, Optional<String> wanted) {
        if (wanted.isPresent() && !wanted.get().equals(origin)) {
            throw LogException.refused("the log's origin is " + origin + ", and a log has one for ever: set log.origin"
                    + " to it or leave it out");
        }
        return new LogKeys(origin, folder);
    }

    private static LogKeys begin(Sql sql, LogKeyFolder folder, String origin) throws SQLException {
        if (!folder.ids().isEmpty()) {
            throw LogException.refused(folder.file(folder.ids().getFirst())
                    + " signed a log, and the database has none: restore its database, or, to begin another log, move"
                    + " that key away");
        }
        LogSigner first = folder.draft(origin);
        register(sql, first.verifier());
        sql.update("""
                INSERT INTO log_state (origin, system_identifier, cursor_xid)
                VALUES (?, ?, pg_snapshot_xmin(pg_current_snapshot()))""", origin, LogState.cluster(sql));
        sql.update(
                "INSERT INTO trees (tenant, size, root, state) SELECT t, 0, sha256(''), ? FROM UNNEST(?::text[]) t",
                new byte[Long.BYTES],
                new String[] {"", "platform"});
        return new LogKeys(origin, folder);
    }

    /** A name that no other installation has, and that says nothing about this one. */
    private static String unique() {
        var random = new byte[8];
        new SecureRandom().nextBytes(random);
        return "sallyport.invalid/" + HexFormat.of().formatHex(random);
    }

    private static void register(Sql sql, VerifierKey key) throws SQLException {
        sql.update("INSERT INTO log_keys (id, vkey) VALUES (?, ?)", LogKeyFolder.id(key), key.encode());
    }

    private void requireOwn(List<PublishedLogKey> published) {
        List<String> known =
                published.stream().map(key -> LogKeyFolder.id(key.key())).toList();
        for (String id : folder.ids()) {
            if (!known.contains(id)) {
                throw LogException.refused(folder.file(id) + " is not a key of the log " + origin
                        + " that is in the database: move it away");
            }
        }
    }

    /**
     * Adds a key, which signs from now on, and lets the others sign for a while yet, so that whoever trusts only those
     * has the time to learn of it.
     *
     * @param sequencer connections of the role {@code sequencer}
     * @param overlap for how long the others go on signing, not negative
     * @return the new key
     * @throws LogException if the database cannot be reached
     */
    public PublishedLogKey rotate(DataSource sequencer, Duration overlap) {
        try (Connection connection = sequencer.getConnection()) {
            var sql = new Sql(connection);
            SequencerLock.await(sql);
            LogSigner added = folder.draft(origin);
            sql.update(
                    "UPDATE log_keys SET until = ? WHERE until IS NULL OR until > ?",
                    now(sql).plus(overlap),
                    now(sql).plus(overlap));
            register(sql, added.verifier());
            List<PublishedLogKey> published = published(sql);
            connection.commit();
            folder.confirm(LogKeyFolder.id(added.verifier()));
            folder.publish(published);
            return published.stream()
                    .filter(key -> key.key().equals(added.verifier()))
                    .findFirst()
                    .orElseThrow();
        } catch (SQLException e) {
            throw LogException.unavailable("replacing the log's key", e);
        }
    }

    /** Returns the log's origin, which its keys have as their name. */
    public String origin() {
        return origin;
    }

    /** Returns the file of verifier keys, one a line, which is given to whoever checks the log. */
    public Path published() {
        return folder.published();
    }

    /**
     * Returns the signers of the keys that sign at a time.
     *
     * @param published all keys of the log
     * @throws LogException if one is not in the keys folder, or there is none
     */
    List<LogSigner> signers(List<PublishedLogKey> published, Instant now) {
        var signing = new ArrayList<LogSigner>();
        for (PublishedLogKey key : published) {
            if (key.signsAt(now)) {
                signing.add(signers.computeIfAbsent(LogKeyFolder.id(key.key()), id -> secret(key, id)));
            }
        }
        if (signing.isEmpty()) {
            throw LogException.refused(
                    "no key of the log " + origin + " signs any more: run `sallyport log rotate-key`");
        }
        return signing;
    }

    private LogSigner secret(PublishedLogKey key, String id) {
        folder.confirm(id);
        LogSigner signer = folder.read(id)
                .orElseThrow(() -> new LogException(
                        LogException.Kind.MISSING_KEY,
                        folder.file(id) + " is missing, and it signs the log " + origin + ": put it back",
                        null));
        if (!signer.verifier().equals(key.key())) {
            throw LogException.refused(folder.file(id) + " is another key than the one that signs the log " + origin);
        }
        return signer;
    }

    /** Reads all keys that the log has or had. */
    static List<PublishedLogKey> published(Sql sql) throws SQLException {
        return sql.list(KEYS, row -> {
            OffsetDateTime until = row.getObject(3, OffsetDateTime.class);
            return new PublishedLogKey(
                    VerifierKey.parse(row.getString(1)),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    until == null ? null : until.toInstant());
        });
    }

    static Instant now(Sql sql) throws SQLException {
        return sql.first(
                        "SELECT clock_timestamp()",
                        row -> row.getObject(1, OffsetDateTime.class).toInstant())
                .orElseThrow();
    }
}
