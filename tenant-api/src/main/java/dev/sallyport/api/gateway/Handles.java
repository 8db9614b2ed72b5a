package dev.sallyport.api.gateway;

import dev.sallyport.policy.TenantId;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;

/** Names people in what is counted for them. */
@FunctionalInterface
public interface Handles {
    /**
     * The handles of people.
     *
     * @param subjects the tenant's own names for them
     * @return for each name 64 hex digits, the same whenever asked; fails when keys cannot be read
     */
    Future<Map<String, String>> of(TenantId tenant, Collection<String> subjects);
}
