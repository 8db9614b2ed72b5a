package dev.sallyport.reports;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.RecordKind;
import dev.sallyport.ledger.ReadScope;
import dev.sallyport.ledger.RecordReader;
import dev.sallyport.ledger.StoredRecord;
import dev.sallyport.policy.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The ledger's records, read as the database's auditor and within one tenant at a time. Blocks: call it on a
 * virtual thread. Its failures are {@link dev.sallyport.ledger.LedgerException}s.
 */
public final class LedgerSource implements ReportSource {
    private final RecordReader ledger;

    /**
     * Reads from a ledger.
     *
     * @param ledger its reader
     */
    public LedgerSource(RecordReader ledger) {
        this.ledger = ledger;
    }

    @Override
    public void records(TenantId tenant, Instant from, Instant to, Reader reader) {
        ledger.stream(
                new ReadScope.OneTenant(tenant),
                from,
                to,
                stored -> asWritten(stored).ifPresentOrElse(reader::read, () -> reader.unreadable(stored.id())));
    }

    @Override
    public void acts(TenantId tenant, Instant to, Consumer<AuditRecord> each) {
        ledger.streamActs(
                new ReadScope.OneTenant(tenant),
                Instant.EPOCH,
                to,
                stored -> asWritten(stored)
                        .filter(auditRecord -> auditRecord.kind() == RecordKind.ACT)
                        .ifPresent(each));
    }

    private static Optional<AuditRecord> asWritten(StoredRecord stored) {
        if (!stored.isIntact()) {
            return Optional.empty();
        }
        try {
            AuditRecord auditRecord = stored.record();
            boolean inPlace = auditRecord.id().equals(stored.id())
                    && auditRecord.tenant().equals(stored.tenant().value());
            return inPlace ? Optional.of(auditRecord) : Optional.empty();
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
