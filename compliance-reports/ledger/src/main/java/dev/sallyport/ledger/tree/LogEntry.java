package dev.sallyport.ledger.tree;

import dev.sallyport.format.Envelope;
import java.util.Optional;

/** An entry of a tenant's log, with the record that it stands for. */
public final class LogEntry {
    private final Envelope envelope;
    private final String recordId;
    private final Optional<byte[]> record;

    LogEntry(Envelope envelope, String recordId, Optional<byte[]> record) {
        this.envelope = envelope;
        this.recordId = recordId;
        this.record = record;
    }

    /** Returns the entry. */
    public Envelope envelope() {
        return envelope;
    }

    /** Returns the record's id. */
    public String recordId() {
        return recordId;
    }

    /** Returns a copy of the record's bytes as they are stored, which need not have the entry's digest; empty if it is not there. */
    public Optional<byte[]> record() {
        return record.map(byte[]::clone);
    }
}
