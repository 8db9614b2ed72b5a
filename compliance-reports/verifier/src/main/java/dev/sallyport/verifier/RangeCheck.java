package dev.sallyport.verifier;

import dev.sallyport.format.export.ExportedRange;
import dev.sallyport.format.merkle.CompactRange;
import dev.sallyport.format.merkle.NodeSink;
import dev.sallyport.format.merkle.TreeHead;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Goes over the range's entries once: their order, their records, and the root to which they lead. */
final class RangeCheck {
    private final Signed signed;
    private final ExportedRange range;
    private final Findings findings;
    private final ReceiptCheck receipts;
    private final Set<Long> sizes;
    private final Map<Long, TreeHead> heads = new HashMap<>();
    private final CompactRange tree;
    private final RecordTally records;
    private long firstTime = -1;
    private long lastTime;

    /**
     * Begins.
     *
     * @param sizes of older trees, whose heads are computed on the way
     */
    RangeCheck(Signed signed, ExportedRange range, Findings findings, ReceiptCheck receipts, Set<Long> sizes) {
        this.signed = signed;
        this.range = range;
        this.findings = findings;
        this.receipts = receipts;
        this.sizes = Set.copyOf(sizes);
        this.tree = range.begin();
        this.records = new RecordTally(findings);
    }

    /** Checks all entries. */
    void run(Archive archive) {
        keepHead();
        EntryStream.End end = EntryStream.run(archive, signed.tenant(), range.to() - range.from(), this::take);
        if (end.surplusEntry()) {
            findings.broken(
                    Code.ENTRY_SURPLUS, "there are more entries than from " + range.from() + " to " + range.to());
        } else if (end.recordsEnded()) {
            findings.broken(Code.RECORD_MISSING, "records.jsonl ends before entry " + tree.size());
        } else if (tree.size() < range.to()) {
            findings.broken(
                    Code.ENTRY_MISSING,
                    "the entries from " + tree.size() + " to " + range.to() + " are not in the package");
        } else {
            compareRoot();
        }
        conclude();
    }

    private void take(CheckedEntry entry) {
        long index = tree.size();
        long time = entry.envelope().sequencedAt();
        if (entry.envelope().index() != index) {
            findings.broken(
                    Code.INDEX_DIFFERS,
                    "entry " + index + " has the index " + entry.envelope().index());
        }
        if (firstTime < 0) {
            firstTime = time;
        }
        if (time < lastTime) {
            findings.broken(Code.TIME_DECREASES, "entry " + index + " was sequenced before the entry before it");
        }
        if (time > signed.round().sequencedAt()) {
            findings.broken(Code.TIME_AFTER_ROUND, "entry " + index + " was sequenced after the round that signed it");
        }
        lastTime = Math.max(lastTime, time);
        records.take(index, time, entry.record());
        receipts.seen(index, entry);
        tree.append(entry.leaf(), NodeSink.NONE);
        keepHead();
    }

    private void keepHead() {
        if (sizes.contains(tree.size())) {
            heads.put(tree.size(), tree.head());
        }
    }

    private void compareRoot() {
        if (range.right().verify(tree.head(), signed.tree()).holds()) {
            findings.held(
                    Code.ENTRIES_INCLUDED,
                    "the entries from " + range.from() + " to " + range.to()
                            + " are, each in its place, those of the tree" + " of size "
                            + signed.tree().size() + " that the log has signed");
        } else {
            // The heads on the way come from the same entries, so they show nothing.
            heads.clear();
            findings.broken(
                    Code.ROOT_DIFFERS,
                    "the entries do not lead to the root that the log has signed: one was changed, left out, added or moved");
        }
    }

    private void conclude() {
        long count = range.to() - range.from();
        if (!findings.anyBroken(Check.ORDER)) {
            findings.held(Code.ORDER_KEPT, "indices follow each other and times never decrease");
        }
        if (!findings.anyBroken(Check.COMPLETENESS) && !findings.anyBroken(Check.INCLUSION)) {
            findings.held(Code.RANGE_COMPLETE, "none of the " + count + " entries is missing");
        }
        records.conclude();
    }

    /** Returns the heads of those older trees that the entries gave; none unless they lead to the signed root. */
    Map<Long, TreeHead> heads() {
        return findings.anyBroken(Check.INCLUSION) || findings.anyBroken(Check.COMPLETENESS) ? Map.of() : heads;
    }

    /** Returns when the first entry was sequenced; −1 if there is none. */
    long firstTime() {
        return firstTime;
    }
}
