package dev.sallyport.ledger;

import dev.sallyport.format.Ulid;
import dev.sallyport.ledger.tree.LogKeys;
import dev.sallyport.ledger.tree.PublishedLogKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * The ledger for administrative acts from outside a node, opened beside one that serves or while none does. It begins
 * no generation, so a node that serves goes on, and it flushes nothing: an act takes the fence's exclusive lock, is
 * recorded and raises the epoch in one transaction, as a node's own acts do. Its records carry generation 0.
 */
public final class LedgerActs implements AutoCloseable {
    /** No node has it: nodes count from 1. */
    private static final long NO_GENERATION = 0;

    private final LedgerSettings settings;
    private final Pools pools;
    private final DatabaseClock clock;
    private final RecordMint mint;
    private final TenantScope scope;
    private final KeyHierarchy keys;

    private LedgerActs(LedgerSettings settings, Pools pools, RandomGenerator random) {
        this.settings = settings;
        this.pools = pools;
        clock = new DatabaseClock(System::nanoTime, databaseTime(pools.of(LedgerRole.APP)));
        new Janitor(pools.of(LedgerRole.JANITOR), clock).tidy();
        mint = new RecordMint(
                clock, new Ulid.Factory(clock, random), settings.node(), () -> NO_GENERATION, settings.software());
        scope = new TenantScope(pools.of(LedgerRole.APP));
        keys = new KeyHierarchy(settings.keysDir(), scope, random);
    }

    /**
     * Opens it: makes the partitions that are near, reads or makes the root key.
     *
     * @param random a cryptographically strong source: keys come from it
     * @throws LedgerException if the database cannot be reached, its schema does not fit, or the root key is unfit
     */
    public static LedgerActs open(LedgerSettings settings, RandomGenerator random) {
        var pools = new Pools(settings);
        try {
            return new LedgerActs(settings, pools, random);
        } catch (RuntimeException e) {
            pools.close();
            throw e;
        }
    }

    private static Instant databaseTime(DataSource app) {
        try (Connection connection = app.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT clock_timestamp()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            Instant now = row.getObject(1, OffsetDateTime.class).toInstant();
            connection.commit();
            return now;
        } catch (SQLException e) {
            throw LedgerException.of("asking the database for the time", e);
        }
    }

    /** Returns what begins records. */
    public RecordMint mint() {
        return mint;
    }

    /** Returns the way to tenants' rows. */
    public TenantScope scope() {
        return scope;
    }

    /** Returns the keys. */
    public KeyHierarchy keys() {
        return keys;
    }

    /**
     * Makes a new key for the log and lets those of before sign on for a while.
     *
     * @param overlap for how long, not negative
     * @return the new key
     * @throws dev.sallyport.ledger.tree.LogException if a key of the log is lost or another's, or the database cannot
     *     be reached
     */
    public PublishedLogKey rotateLogKey(Duration overlap) {
        DataSource sequencer = pools.of(LedgerRole.SEQUENCER);
        return LogKeys.open(sequencer, settings.keysDir(), settings.log().origin())
                .rotate(sequencer, overlap);
    }

    /** Returns the database's time. */
    public InstantSource clock() {
        return clock;
    }

    /** Lets go of the database. */
    @Override
    public void close() {
        pools.close();
    }
}
