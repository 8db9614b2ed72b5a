package dev.sallyport.api.gateway;

import dev.sallyport.policy.TenantId;
import io.vertx.core.Future;

/** The caches of credentials, models and policies, as far as a tenant's calls are decided from them. */
@FunctionalInterface
public interface TenantState {
    /**
     * Forgets what was read under passed epochs. Asked when a flush found a decision stale; many calls may ask at once.
     *
     * @param tenant whose calls were stale
     * @return completed when {@link dev.sallyport.api.identity.Identity}, {@link Catalogue} and {@link Policies} answer
     *     from a state at least as new as this call; fails when nobody can be asked
     */
    Future<Void> reload(TenantId tenant);
}
