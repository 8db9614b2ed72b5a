package dev.sallyport.api.gateway;

import dev.sallyport.policy.TenantId;
import io.vertx.core.Future;

/** The policies in force. Safe for many threads. */
@FunctionalInterface
public interface Policies {
    /**
     * Finds the policy that applies to a call.
     *
     * @param tenant who calls
     * @param model the version that is called
     * @return never fails; completed at once when the policy is in the cache
     */
    Future<PolicyLookup> policyFor(TenantId tenant, GrantedModel model);
}
