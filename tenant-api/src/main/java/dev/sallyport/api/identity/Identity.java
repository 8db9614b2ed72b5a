package dev.sallyport.api.identity;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;

/** Turns a request's credential into its caller. Safe for many threads. */
@FunctionalInterface
public interface Identity {
    /**
     * Looks at {@code Authorization: Bearer KEY} and {@code X-API-Key: KEY}.
     *
     * @param headers the request's; read during the call only
     * @return never fails; completed at once when the credential is in the cache
     */
    Future<IdentityResult> identify(MultiMap headers);
}
