package dev.sallyport.verifier;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.Ulid;
import dev.sallyport.format.export.ExportedRange;
import dev.sallyport.format.export.Member;
import dev.sallyport.format.receipt.Receipt;
import dev.sallyport.format.receipt.ReceiptKeys;
import dev.sallyport.format.receipt.ReceiptVerdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that the records of receipts that callers kept are in the log. */
final class ReceiptCheck {
    private static final int MOST_LINE = 4_096;
    private static final int MOST_RECEIPTS = 1_000_000;
    private static final int MOST_KEYS = 65_536;
    private static final long MERGE_DELAY_US = 2_000_000;

    private final Signed signed;
    private final Findings findings;

    /** Those that are valid and not yet seen, by the record's digest, and by its id where that was kept. */
    private final Map<String, Kept> open = new HashMap<>();

    private final Map<String, Kept> byId = new HashMap<>();
    private long seen;
    private boolean brought;

    /**
     * A valid receipt.
     *
     * @param line where it stands in its file
     * @param at the flush's time, µs since the epoch
     * @param digest the record's
     */
    private record Kept(long line, long at, String digest) {}

    ReceiptCheck(Signed signed, Findings findings) {
        this.signed = signed;
        this.findings = findings;
    }

    /** Reads a file of receipts and checks each by itself. */
    void read(Path file, Archive archive) {
        brought = true;
        ReceiptKeys keys = ReceiptKeys.of(certificates(archive), signed.keys());
        try (LineReader lines = BroughtFiles.lines(file, MOST_LINE)) {
            long number = 0;
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (++number > MOST_RECEIPTS) {
                    throw new UnreadableException(file + " has more than " + MOST_RECEIPTS + " receipts");
                }
                take(number, new String(line, StandardCharsets.UTF_8).strip(), keys);
            }
        } catch (PackageException e) {
            throw new UnreadableException(String.valueOf(e.getMessage()));
        }
    }

    private static List<byte[]> certificates(Archive archive) {
        var all = new ArrayList<byte[]>();
        if (archive.has(Member.RECEIPT_KEYS)) {
            try (LineReader lines = archive.lines(Member.RECEIPT_KEYS)) {
                for (byte[] line = lines.next(); line != null; line = lines.next()) {
                    if (all.size() == MOST_KEYS) {
                        throw new PackageException("receipt-keys.jsonl has more than " + MOST_KEYS + " lines");
                    }
                    all.add(line);
                }
            }
        }
        return all;
    }

    private void take(long number, String line, ReceiptKeys keys) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String[] parts = line.split(" +", 2);
        if (parts.length == 2 && !Ulid.isUlid(parts[1])) {
            invalid(number, "what follows it is no record's id");
            return;
        }
        Receipt receipt;
        try {
            receipt = Receipt.parse(parts[0]);
        } catch (FormatException e) {
            invalid(number, "it is none: " + e.getMessage());
            return;
        }
        switch (Receipt.verify(parts[0], receipt.record(), keys)) {
            case ReceiptVerdict.Valid valid -> keep(number, receipt, parts);
            case ReceiptVerdict.Malformed(String why) -> invalid(number, "it is none: " + why);
            case ReceiptVerdict.OtherRecord other -> invalid(number, "it is another record's");
            case ReceiptVerdict.NoCertificate none -> invalid(number, "the log has certified no such key of its node");
            case ReceiptVerdict.OutsideValidity outside -> invalid(number, "its key was not certified for its time");
            case ReceiptVerdict.BadSignature bad -> invalid(number, "its signature is false");
        }
    }

    private void keep(long number, Receipt receipt, String[] parts) {
        String digest = receipt.record().toString();
        var kept = new Kept(number, receipt.statement().at(), digest);
        open.put(digest, kept);
        if (parts.length == 2) {
            byId.put(parts[1], kept);
        }
    }

    private void invalid(long number, String why) {
        findings.broken(Code.RECEIPT_INVALID, "receipt " + number + " shows nothing: " + why);
    }

    /** Takes note of an entry. */
    void seen(long index, CheckedEntry entry) {
        if (open.isEmpty()) {
            return;
        }
        if (open.remove(entry.envelope().record()) != null) {
            seen++;
        }
        if (entry.record() instanceof RecordState.Present(String id, long at)) {
            Kept kept = byId.remove(id);
            if (kept != null && !kept.digest().equals(entry.envelope().record())) {
                open.remove(kept.digest());
                findings.broken(
                        Code.RECEIPT_OTHER_RECORD,
                        "receipt " + kept.line() + " is for record " + id + ", which stands in the log as entry "
                                + index + " with other content");
            }
        }
    }

    /**
     * Says what became of the receipts whose record was not seen. Returns whether there were receipts and all are kept.
     *
     * @param firstTime when the range's first entry was sequenced; −1 if there is none
     */
    boolean conclude(ExportedRange range, long firstTime) {
        long outside = 0;
        for (Kept kept : open.values()) {
            boolean reaches = range.to() == signed.tree().size()
                    && kept.at() <= signed.round().sequencedAt() - MERGE_DELAY_US
                    && (range.from() == 0 || (firstTime >= 0 && firstTime < kept.at()));
            if (reaches) {
                findings.broken(
                        Code.RECEIPT_NOT_IN_LOG,
                        "the service gave receipt " + kept.line() + ", and its record " + kept.digest()
                                + " is not in the log");
            } else {
                outside++;
            }
        }
        if (outside > 0) {
            findings.notChecked(
                    Code.RECEIPT_NOT_CHECKED,
                    outside + " receipts are for records that may lie outside the range, or are too young for the"
                            + " checkpoint: export the whole log, or a newer one");
        }
        if (seen > 0 && !findings.anyBroken(Check.RECEIPT)) {
            findings.held(Code.RECEIPTS_KEPT, "the records of " + seen + " receipts are in the log");
        }
        return brought && seen > 0 && !findings.anyBroken(Check.RECEIPT);
    }
}
