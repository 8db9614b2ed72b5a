package dev.sallyport.api.audit;

import dev.sallyport.format.export.AbsentRecord;
import dev.sallyport.format.export.Continuation;
import dev.sallyport.format.export.ExportedRange;
import dev.sallyport.format.export.Member;
import dev.sallyport.format.export.PackageWriter;
import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.RoundLeaf;
import dev.sallyport.format.merkle.CompactRange;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.TreeHead;
import dev.sallyport.ledger.tree.LogEntry;
import dev.sallyport.ledger.tree.LogRange;
import dev.sallyport.ledger.tree.TransparencyLog;
import dev.sallyport.ledger.tree.TreeName;
import dev.sallyport.policy.TenantId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Exports ranges of a tenant's log as packages ({@code docs/export-format.md}). The entries are read in parts, and what
 * was read is written before more is, so that a slow reader holds no connection to the database. Blocks.
 */
public final class LogExport {
    /** The most older sizes, of each tree, for which a package has proofs. */
    public static final int MOST_SIZES = 1_000;

    private static final int PART = 1_000;
    private static final int TRIES = 20;

    private final TransparencyLog log;
    private final Supplier<List<byte[]>> certificates;

    /**
     * Makes the exporter.
     *
     * @param log the log
     * @param certificates gives the certificates of the log's receipt keys
     */
    public LogExport(TransparencyLog log, Supplier<List<byte[]>> certificates) {
        this.log = log;
        this.certificates = certificates;
    }

    /**
     * What is wanted.
     *
     * @param tenant whose log
     * @param from the first index
     * @param to the index after the last; empty for all that is signed
     * @param tenantSizes older sizes of the tenant's tree to have proofs for
     * @param logSizes older sizes of the platform log to have proofs for
     * @param round whether all leaves of the round belong to it, which name every tenant
     */
    public record Wanted(
            TenantId tenant,
            long from,
            OptionalLong to,
            SortedSet<Long> tenantSizes,
            SortedSet<Long> logSizes,
            boolean round) {
        /** Copies the sizes. */
        public Wanted {
            tenantSizes = new TreeSet<>(tenantSizes);
            logSizes = new TreeSet<>(logSizes);
        }
    }

    /** A package that is ready to be written. */
    @FunctionalInterface
    public interface Prepared {
        /** Writes it whole; the stream is not closed unless writing succeeds. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Reads all but the entries.
     *
     * @return empty if the tenant has no entries that are signed
     * @throws IllegalArgumentException if the range is not one of the log
     * @throws dev.sallyport.ledger.tree.LogException if the log cannot be read, or is not what was signed
     */
    public Optional<Prepared> prepare(Wanted wanted) {
        Optional<LogRange> found = range(wanted);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        LogRange range = found.get();
        List<byte[]> proofs = proofs(wanted, range);
        List<byte[]> keys = certificates.get();
        return Optional.of(out -> write(out, wanted, range, proofs, keys));
    }

    /** All that is signed is asked for with the size that is signed, which may grow meanwhile. */
    private Optional<LogRange> range(Wanted wanted) {
        if (wanted.to().isPresent()) {
            return log.range(wanted.tenant(), wanted.from(), wanted.to().getAsLong());
        }
        Optional<LogRange> range = Optional.empty();
        for (int i = 0;
                i < TRIES && (i == 0 || range.filter(r -> r.to() < size(r)).isPresent());
                i++) {
            range = log.latest(wanted.tenant())
                    .flatMap(latest -> log.range(
                            wanted.tenant(), wanted.from(), latest.leaf().head().size()));
        }
        return range;
    }

    private static long size(LogRange range) {
        return range.checkpoint().leaf().head().size();
    }

    private List<byte[]> proofs(Wanted wanted, LogRange range) {
        TreeHead signed = Checkpoint.parse(range.checkpoint().note().text()).head();
        var lines = new ArrayList<byte[]>();
        SortedSet<Long> tenantSizes = new TreeSet<>(wanted.tenantSizes());
        // The checker computes these from the entries.
        tenantSizes.subSet(range.from(), range.to() + 1).clear();
        add(
                lines,
                Continuation.Tree.TENANT,
                new TreeName.OfTenant(wanted.tenant()),
                tenantSizes.headSet(size(range)),
                size(range));
        add(
                lines,
                Continuation.Tree.LOG,
                new TreeName.PlatformLog(),
                wanted.logSizes().headSet(signed.size()),
                signed.size());
        return lines;
    }

    private void add(List<byte[]> lines, Continuation.Tree tree, TreeName name, SortedSet<Long> sizes, long to) {
        for (long size : sizes) {
            lines.add(new Continuation(tree, size, log.consistency(name, size, to)).encode());
        }
    }

    private void write(OutputStream out, Wanted wanted, LogRange range, List<byte[]> proofs, List<byte[]> keys)
            throws IOException {
        var writer = new PackageWriter(out);
        List<Hash> left = CompactRange.parse(range.left()).nodes();
        writer.begin(
                range.checkpoint(),
                new ExportedRange(wanted.tenant().value(), range.from(), range.to(), left, range.right()));
        lines(
                writer,
                Member.ENTRIES,
                wanted.tenant(),
                range,
                entry -> entry.envelope().encode());
        lines(writer, Member.RECORDS, wanted.tenant(), range, LogExport::record);
        if (wanted.round()) {
            writer.lines(
                    Member.ROUND,
                    all(range.round().stream().map(RoundLeaf::encode).toList()));
        }
        if (!proofs.isEmpty()) {
            writer.lines(Member.CONSISTENCY, all(proofs));
        }
        if (!keys.isEmpty()) {
            writer.lines(Member.RECEIPT_KEYS, all(keys));
        }
        writer.close();
    }

    private void lines(
            PackageWriter writer, Member member, TenantId tenant, LogRange range, Function<LogEntry, byte[]> line)
            throws IOException {
        writer.lines(member, sink -> {
            for (long at = range.from(); at < range.to(); at += PART) {
                var part = new ArrayList<byte[]>(PART);
                log.entries(tenant, at, Math.min(at + PART, range.to()), entry -> part.add(line.apply(entry)));
                for (byte[] one : part) {
                    sink.line(one);
                }
            }
        });
    }

    /** What is stored, whatever it is: who checks the package says what is wrong with it. */
    private static byte[] record(LogEntry entry) {
        return entry.record().orElseGet(() -> new AbsentRecord(entry.envelope().index(), Optional.empty()).encode());
    }

    private static PackageWriter.Lines all(List<byte[]> lines) {
        return sink -> {
            for (byte[] line : lines) {
                sink.line(line);
            }
        };
    }
}
