package dev.sallyport.api.identity;

import dev.sallyport.policy.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Who carries out an administrative act, as the act's record names it.
 *
 * @param tenant the tenant whose credential it is; {@code platform} for the platform's own
 * @param kind {@code key} for an API key, {@code system} for the server itself (bootstrap, the demo's set-up)
 * @param id the key's id, or a component's name; never a secret
 * @param role the credential's role; null for the system
 * @param request the id of the request that asked for it; null outside a request
 */
public record Actor(
        TenantId tenant,
        String kind,
        String id,
        @Nullable Role role,
        @Nullable String request) {

    /**
     * The server itself, acting for a component.
     *
     * @param component a stable name, for example {@code bootstrap} or {@code demo}
     * @return an actor of kind {@code system} under the tenant {@code platform}
     */
    public static Actor system(String component) {
        return new Actor(TenantId.PLATFORM, "system", component, null, null);
    }
}
