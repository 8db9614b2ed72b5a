package dev.sallyport.verifier;

import dev.sallyport.format.Envelope;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.export.AbsentRecord;
import dev.sallyport.format.merkle.Hash;

/**
 * An entry by itself: what can be told of it without its neighbours.
 *
 * @param envelope the entry
 * @param leaf its hash
 * @param record what stands for its record
 */
record CheckedEntry(Envelope envelope, Hash leaf, RecordState record) {
    /**
     * Checks a pair of lines.
     *
     * @throws FormatException if the entry is none, or what stands in place of the record has not its form
     */
    static CheckedEntry of(byte[] entry, byte[] record, String tenant) {
        Envelope envelope = Envelope.parse(entry);
        RecordState state = AbsentRecord.isOne(record) ? absent(envelope, record) : present(envelope, record, tenant);
        return new CheckedEntry(envelope, Hash.leaf(entry), state);
    }

    private static RecordState absent(Envelope envelope, byte[] line) {
        AbsentRecord absent = AbsentRecord.parse(line);
        if (absent.index() != envelope.index()) {
            throw new FormatException("what stands in place of a record has another index than its entry");
        }
        return absent.purged().<RecordState>map(RecordState.Purged::new).orElseGet(RecordState.Missing::new);
    }

    private static RecordState present(Envelope envelope, byte[] bytes, String tenant) {
        if (!Sha256.hex(bytes).equals(envelope.record())) {
            return new RecordState.Differs();
        }
        try {
            RecordHead record = RecordHead.read(bytes);
            return record.tenant().equals(tenant)
                    ? new RecordState.Present(record.id(), record.at())
                    : new RecordState.OtherTenant();
        } catch (FormatException e) {
            return new RecordState.Malformed(String.valueOf(e.getMessage()));
        }
    }
}
