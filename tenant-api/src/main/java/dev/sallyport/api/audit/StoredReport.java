package dev.sallyport.api.audit;

import dev.sallyport.policy.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as it is kept.
 *
 * @param id names it
 * @param tenant whose ledger it tells of
 * @param frameworks what it was asked for
 * @param from the beginning of the period, inclusive
 * @param to its end, exclusive
 * @param state how far it is
 * @param failure why it could not be made; null unless it failed
 */
record StoredReport(
        String id,
        TenantId tenant,
        List<String> frameworks,
        Instant from,
        Instant to,
        State state,
        @Nullable String failure) {
    /** Copies the frameworks. */
    StoredReport {
        frameworks = List.copyOf(frameworks);
    }

    /** How far a report is. */
    enum State {
        /** Being made. */
        PENDING,
        /** Made. */
        FINISHED,
        /** It could not be made. */
        FAILED
    }
}
