package dev.sallyport.api.gateway;

import dev.sallyport.policy.TenantId;
import io.vertx.core.Future;
import java.util.List;

/** Names people in records. */
@FunctionalInterface
public interface Pseudonyms {
    /**
     * The pseudonyms of a record's subjects.
     *
     * @param record the record's id
     * @param subjects the tenant's own names for them, one a row
     * @return 64 hex digits each, in the same order; fails when keys cannot be read
     */
    Future<List<String>> of(TenantId tenant, String record, List<String> subjects);
}
