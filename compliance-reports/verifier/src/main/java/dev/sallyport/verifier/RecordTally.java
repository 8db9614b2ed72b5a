package dev.sallyport.verifier;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts what stands for the entries' records. */
final class RecordTally {
    private static final long LATE_US = 60_000_000;
    private static final int MOST_PURGES = 1_000;

    private final Findings findings;
    private final Map<String, Long> purged = new HashMap<>();
    private final Set<String> purgesSeen = new HashSet<>();
    private long present;
    private long late;
    private long firstLate;
    private long mostLate;

    RecordTally(Findings findings) {
        this.findings = findings;
    }

    void take(long index, long sequencedAt, RecordState state) {
        switch (state) {
            case RecordState.Present(String id, long at) -> present(index, sequencedAt - at, id);
            case RecordState.Purged(String by) -> purged(by);
            case RecordState.Missing missing ->
                findings.broken(
                        Code.RECORD_MISSING,
                        "the record of entry " + index + " is missing, and no purge accounts" + " for it");
            case RecordState.Differs differs ->
                findings.broken(
                        Code.RECORD_DIFFERS, "the record of entry " + index + " is not the one that the log has");
            case RecordState.Malformed(String why) ->
                findings.broken(Code.RECORD_MALFORMED, "the record of entry " + index + " is none: " + why);
            case RecordState.OtherTenant other ->
                findings.broken(Code.RECORD_OTHER_TENANT, "the record of entry " + index + " is another tenant's");
        }
    }

    private void present(long index, long delay, String id) {
        present++;
        // Purges come after what they purge.
        if (purged.containsKey(id)) {
            purgesSeen.add(id);
        }
        if (delay > LATE_US) {
            firstLate = late == 0 ? index : firstLate;
            mostLate = Math.max(mostLate, delay);
            late++;
        }
    }

    private void purged(String by) {
        if (purged.size() == MOST_PURGES && !purged.containsKey(by)) {
            throw new PackageException("more than " + MOST_PURGES + " records are said to tell of purges");
        }
        purged.merge(by, 1L, Long::sum);
    }

    void conclude() {
        if (!findings.anyBroken(Check.RECORD)) {
            findings.held(Code.RECORDS_MATCH, "the bytes of " + present + " records are those that the log has");
        }
        purged.forEach((by, count) -> findings.noticed(
                Code.RECORDS_PURGED,
                count + " records are named as purged by record " + by + ", which "
                        + (purgesSeen.contains(by) ? "stands in the range" : "is not in the range")));
        if (late > 0) {
            findings.noticed(
                    Code.RECORDED_LATE,
                    late
                            + " records say that they happened more than 60 s before they were sequenced, the first at entry "
                            + firstLate + ", at most " + mostLate / 1_000_000
                            + " s before: they were recorded after an outage, or dated back");
        }
    }
}
