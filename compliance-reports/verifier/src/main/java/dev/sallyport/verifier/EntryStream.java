package dev.sallyport.verifier;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.export.Member;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a package with their records, each pair checked by itself on all cores, handed on in order. What is on
 * the way is bounded by the number of batches and by their bytes.
 */
final class EntryStream {
    private static final int BATCH_LINES = 512;
    private static final int BATCH_BYTES = 1 << 20;

    private final LineReader entries;
    private final LineReader records;
    private final String tenant;
    private long read;
    private boolean surplusEntry;
    private boolean recordsEnded;

    /** An entry's line and its record's. */
    private static final class Pair {
        final byte[] entry;
        final byte[] record;

        Pair(byte[] entry, byte[] record) {
            this.entry = entry;
            this.record = record;
        }
    }

    private EntryStream(LineReader entries, LineReader records, String tenant) {
        this.entries = entries;
        this.records = records;
        this.tenant = tenant;
    }

    /**
     * How the members ended.
     *
     * @param surplusEntry whether there are more entries than were asked for
     * @param recordsEnded whether there are fewer lines of records than of entries
     */
    record End(boolean surplusEntry, boolean recordsEnded) {}

    /**
     * Hands on at most {@code most} entries.
     *
     * @param each takes each in order
     * @throws PackageException if a line has not its form, or there are more records than entries
     */
    static End run(Archive archive, String tenant, long most, Consumer<CheckedEntry> each) {
        int cores = Runtime.getRuntime().availableProcessors();
        try (LineReader entries = archive.lines(Member.ENTRIES);
                LineReader records = archive.lines(Member.RECORDS);
                ExecutorService workers = Executors.newFixedThreadPool(cores)) {
            var stream = new EntryStream(entries, records, tenant);
            stream.pump(workers, 2 * cores, most, each);
            return new End(stream.surplusEntry, stream.recordsEnded);
        }
    }

    private void pump(ExecutorService workers, int ahead, long most, Consumer<CheckedEntry> each) {
        Deque<CompletableFuture<List<CheckedEntry>>> under = new ArrayDeque<>();
        List<Pair> batch = batch(most);
        while (!batch.isEmpty() || !under.isEmpty()) {
            if (!batch.isEmpty()) {
                List<Pair> given = batch;
                long first = read - given.size();
                under.add(CompletableFuture.supplyAsync(() -> checked(given, first), workers));
                batch = batch(most);
            }
            if (under.size() == ahead || batch.isEmpty()) {
                join(under.remove()).forEach(each);
            }
        }
    }

    private static List<CheckedEntry> join(CompletableFuture<List<CheckedEntry>> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PackageException malformed) {
                throw malformed;
            }
            throw e;
        }
    }

    private List<CheckedEntry> checked(List<Pair> batch, long first) {
        var checked = new ArrayList<CheckedEntry>(batch.size());
        for (Pair pair : batch) {
            try {
                checked.add(CheckedEntry.of(pair.entry, pair.record, tenant));
            } catch (FormatException e) {
                throw new PackageException("line " + (first + checked.size() + 1) + ": " + e.getMessage());
            }
        }
        return checked;
    }

    private List<Pair> batch(long most) {
        var batch = new ArrayList<Pair>(BATCH_LINES);
        int bytes = 0;
        while (batch.size() < BATCH_LINES && bytes < BATCH_BYTES && !recordsEnded && !surplusEntry) {
            byte @Nullable [] entry = entries.next();
            if (entry == null) {
                requireNoMoreRecords(most);
                break;
            }
            if (read == most) {
                surplusEntry = true;
                break;
            }
            byte @Nullable [] record = records.next();
            if (record == null) {
                recordsEnded = true;
                break;
            }
            batch.add(new Pair(entry, record));
            bytes += entry.length + record.length;
            read++;
        }
        return batch;
    }

    private void requireNoMoreRecords(long most) {
        // Where entries are missing, that is what there is to say.
        if (read == most && records.next() != null) {
            throw new PackageException("records.jsonl has more lines than entries.jsonl");
        }
    }
}
