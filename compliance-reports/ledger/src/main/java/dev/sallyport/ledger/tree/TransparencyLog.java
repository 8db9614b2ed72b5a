package dev.sallyport.ledger.tree;

import dev.sallyport.format.Envelope;
import dev.sallyport.format.Ulid;
import dev.sallyport.format.log.RoundEntry;
import dev.sallyport.format.log.RoundLeaf;
import dev.sallyport.format.log.TenantCheckpoint;
import dev.sallyport.format.merkle.CompactRange;
import dev.sallyport.format.merkle.ConsistencyProof;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.InclusionProof;
import dev.sallyport.format.merkle.TreeHead;
import dev.sallyport.policy.TenantId;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The log as it is signed: checkpoints, proofs, ranges. It reads as the role {@code auditor}; a tenant's entries are
 * read in the tenant's scope. What it returns has been verified against what was signed. Every method blocks; call it
 * on a virtual thread. Thread-safe.
 */
public final class TransparencyLog {
    private final DataSource auditor;
    private final AtomicReference<@Nullable LastRound> last = new AtomicReference<>();

    /** Work in a snapshot of a log with at least one round. */
    private interface Work<T> {
        T run(LogSnapshot snapshot, LastRound round) throws SQLException;
    }

    /**
     * Reads the log.
     *
     * @param auditor connections of the role {@code auditor}
     */
    public TransparencyLog(DataSource auditor) {
        this.auditor = auditor;
    }

    /**
     * Returns the platform log's signed checkpoint, the bytes of a note; empty before the first round.
     *
     * @throws LogException if it cannot be read, or is not what was signed
     */
    public Optional<byte[]> checkpoint() {
        return in((snapshot, round) -> round.note());
    }

    /**
     * Returns a tenant's tree as it was signed last; empty for one without records.
     *
     * @throws LogException if it cannot be read, or is not what was signed
     */
    public Optional<TenantCheckpoint> latest(TenantId tenant) {
        return in((snapshot, round) -> round.checkpoint(tenant)).flatMap(found -> found);
    }

    /**
     * Returns the proof that a record stands in its tenant's log.
     *
     * @param recordId the record's id
     * @return empty if the tenant has no such record, or it has no index yet
     * @throws LogException if it cannot be read, or is not what was signed
     */
    public Optional<RecordProof> proof(TenantId tenant, String recordId) {
        if (!Ulid.isUlid(recordId)) {
            return Optional.empty();
        }
        return in((snapshot, round) -> proof(snapshot, round, tenant, recordId)).flatMap(found -> found);
    }

    private static Optional<RecordProof> proof(LogSnapshot snapshot, LastRound round, TenantId tenant, String recordId)
            throws SQLException {
        Optional<TreeHead> head = round.head(tenant);
        Sql sql = snapshot.of(tenant);
        Optional<Envelope> envelope = new EntryFinder(sql).find(tenant, recordId);
        if (head.isEmpty() || envelope.isEmpty()) {
            return Optional.empty();
        }
        long index = envelope.get().index();
        requireSize(index + 1, head.get());
        InclusionProof proof = InclusionProof.of(
                index,
                head.get().size(),
                new StoredTree(sql, tenant.value(), head.get().size()));
        if (!proof.verify(Hash.leaf(envelope.get().encode()), head.get()).holds()) {
            throw LogException.refused("entry " + index + " of " + LogEntries.name(tenant.value())
                    + " does not lead to the root that was signed");
        }
        return round.checkpoint(tenant).map(signed -> new RecordProof(envelope.get(), proof, signed));
    }

    /**
     * Returns the proof that a tree continues an older one of itself.
     *
     * @param from the older size, from 0
     * @param to the newer size, at least the older, at most the tree's as it was signed last
     * @throws IllegalArgumentException if one is out of bounds
     * @throws LogException if it cannot be read
     */
    public ConsistencyProof consistency(TreeName tree, long from, long to) {
        return in((snapshot, round) -> switch (tree) {
                    case TreeName.OfTenant(TenantId tenant) ->
                        consistency(
                                snapshot.of(tenant),
                                tenant.value(),
                                from,
                                to,
                                round.head(tenant).orElse(TreeHead.EMPTY));
                    case TreeName.PlatformLog log ->
                        consistency(snapshot.ofAll(), "", from, to, new TreeHead(round.rounds(), Hash.EMPTY_TREE));
                })
                .orElseGet(() -> new ConsistencyProof(List.of()));
    }

    private static ConsistencyProof consistency(Sql sql, String tree, long from, long to, TreeHead head) {
        requireSize(to, head);
        return ConsistencyProof.of(from, to, new StoredTree(sql, tree, to));
    }

    private static void requireSize(long size, TreeHead head) {
        if (size > head.size()) {
            throw new IllegalArgumentException("the tree has a size of " + head.size() + " so far, not " + size);
        }
    }

    /** Returns the keys that sign or have signed the log, in the order of their beginning; none before the log begins. */
    public List<PublishedLogKey> keys() {
        try (LogSnapshot snapshot = LogSnapshot.open(auditor)) {
            return LogKeys.published(snapshot.ofAll());
        } catch (SQLException e) {
            throw LogException.unavailable("reading the log's keys", e);
        }
    }

    /**
     * Returns what shows that the entries of a range are those that were signed.
     *
     * @param from the first index
     * @param to after the last, at least the first, at most the size as it was signed last
     * @return empty for a tenant without records
     * @throws IllegalArgumentException if one is out of bounds
     * @throws LogException if it cannot be read, or is not what was signed
     */
    public Optional<LogRange> range(TenantId tenant, long from, long to) {
        return in((snapshot, round) -> {
                    Optional<TenantCheckpoint> checkpoint = round.checkpoint(tenant);
                    return checkpoint.isEmpty()
                            ? Optional.<LogRange>empty()
                            : Optional.of(range(snapshot.of(tenant), round, checkpoint.get(), from, to));
                })
                .flatMap(found -> found);
    }

    private static LogRange range(Sql sql, LastRound round, TenantCheckpoint checkpoint, long from, long to) {
        TreeHead head = checkpoint.leaf().head();
        String tenant = checkpoint.leaf().tenant();
        requireSize(to, head);
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("a range begins at 0 at least and does not end before it begins");
        }
        var tree = new StoredTree(sql, tenant, head.size());
        return new LogRange(
                from,
                to,
                CompactRange.of(from, tree).encode(),
                ConsistencyProof.of(to, head.size(), tree),
                checkpoint,
                round.leaves());
    }

    /**
     * Reads the entries of a tenant's log in order, some hundreds at a time.
     *
     * @param from the first index
     * @param to after the last, at most the size as it was signed last
     * @param each takes each entry; what it throws ends the reading
     * @throws LogException if one cannot be read
     */
    public void entries(TenantId tenant, long from, long to, Consumer<LogEntry> each) {
        try (LogSnapshot snapshot = LogSnapshot.open(auditor)) {
            new EntryFinder(snapshot.of(tenant)).read(tenant, from, to, each);
        } catch (SQLException e) {
            throw LogException.unavailable("reading the log", e);
        }
    }

    /** Returns the leaves of the last round, in their order; none before the first round. */
    public List<RoundLeaf> round() {
        return in((snapshot, round) -> round.leaves()).orElse(List.of());
    }

    /**
     * Returns entries of the platform log.
     *
     * @param from the first index
     * @param to after the last, at most the size as it was signed last
     * @throws IllegalArgumentException if one is out of bounds
     * @throws LogException if they cannot be read
     */
    public List<RoundEntry> rounds(long from, long to) {
        return in((snapshot, round) -> {
                    if (from < 0 || from > to || to > round.rounds()) {
                        throw new IllegalArgumentException("the platform log has " + round.rounds() + " entries");
                    }
                    return new LogEntries(snapshot.ofAll()).rounds(from, to);
                })
                .orElse(List.of());
    }

    private <T> Optional<T> in(Work<T> work) {
        try (LogSnapshot snapshot = LogSnapshot.open(auditor)) {
            Optional<LogState> state = LogState.read(snapshot.ofAll());
            if (state.isEmpty() || state.get().rounds() == 0) {
                return Optional.empty();
            }
            return Optional.of(work.run(snapshot, round(snapshot, state.get())));
        } catch (SQLException e) {
            throw LogException.unavailable("reading the log", e);
        }
    }

    private LastRound round(LogSnapshot snapshot, LogState state) throws SQLException {
        LastRound known = last.get();
        if (known != null && Arrays.equals(known.note(), state.checkpoint())) {
            return known;
        }
        LastRound read = LastRound.read(snapshot.ofAll(), state);
        last.set(read);
        return read;
    }
}
