package dev.sallyport.ledger;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Charge;
import dev.sallyport.ledger.budget.Reservation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record to make durable, with the charges that stand in it.
 *
 * @param record the record; with epochs it is written only while they are current
 * @param reservation what was reserved for it: exactly the record's charges; null when there are none. The
 *     append takes it over: whatever the result, there is nothing left to release
 * @param payload the sealed payload that belongs to the record; null when there is none
 * @param patience how long the caller waits from when it asks, on a clock that is never set
 */
public record Append(
        AuditRecord record,
        @Nullable Reservation reservation,
        @Nullable SealedPayload payload,
        Duration patience) {

    /** @throws IllegalArgumentException if the reservation does not cover the record's charges, or the payload's digest differs */
    public Append {
        List<Charge> reserved = reservation == null ? List.of() : reservation.charges();
        if (!record.charges().equals(reserved)) {
            throw new IllegalArgumentException("a record's charges are those that were reserved for it");
        }
        if (payload != null && !payload.digest().equals(record.payload())) {
            throw new IllegalArgumentException("a record names the digest of its payload");
        }
    }

    /** Returns an append without a payload. */
    public static Append of(AuditRecord record, @Nullable Reservation reservation, Duration patience) {
        return new Append(record, reservation, null, patience);
    }
}
