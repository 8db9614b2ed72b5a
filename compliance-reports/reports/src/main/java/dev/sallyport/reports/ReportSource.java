package dev.sallyport.reports;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.policy.TenantId;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The ledger, as reports read it: nothing else is evidence. Both calls give the same records in the same order
 * each time, and never hold more than a page of them in memory.
 */
public interface ReportSource {
    /** Takes what is read. */
    interface Reader {
        /**
         * Takes a record.
         *
         * @param auditRecord the record, as it was written
         */
        void read(AuditRecord auditRecord);

        /**
         * Takes note of a record that is not as it was written: its bytes have not the digest that was stored with
         * them, or are no record.
         *
         * @param id the id under which it is stored
         */
        void unreadable(String id);
    }

    /**
     * A tenant's records of a period.
     *
     * @param tenant whose
     * @param from from when on they were recorded, inclusive
     * @param to until when, exclusive
     * @param reader takes each record, in the order in which they were recorded
     */
    void records(TenantId tenant, Instant from, Instant to, Reader reader);

    /**
     * A tenant's administrative acts since its beginning. Those that are not as they were written are passed over.
     *
     * @param tenant whose
     * @param to until when they were recorded, exclusive
     * @param each takes each act, in the order in which they were recorded
     */
    void acts(TenantId tenant, Instant to, Consumer<AuditRecord> each);
}
