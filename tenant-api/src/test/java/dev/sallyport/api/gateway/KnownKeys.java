package dev.sallyport.api.gateway;

import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.identity.Identity;
import dev.sallyport.api.identity.IdentityResult;
import dev.sallyport.api.identity.Role;
import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.policy.TenantId;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Identity in memory: a key of each kind that the gateway tells apart. */
final class KnownKeys implements Identity {
    private final StateEpochs epochs;

    KnownKeys(StateEpochs epochs) {
        this.epochs = epochs;
    }

    @Override
    public Future<IdentityResult> identify(MultiMap headers) {
        return Future.succeededFuture(recognised(String.valueOf(headers.get("X-API-Key"))));
    }

    private IdentityResult recognised(String key) {
        return switch (key) {
            case "null" -> new IdentityResult.Missing();
            case GatewayFixture.KEY ->
                new IdentityResult.Known(caller(GatewayFixture.ACME, Role.CALLER, Set.of(), "care"));
            case "sp_rotated" ->
                new IdentityResult.Known(new Caller(
                        GatewayFixture.ACME, "key-2", "key-1", Role.CALLER, Set.of(), false, "care", epochs));
            case "sp_bare" -> new IdentityResult.Known(caller(GatewayFixture.ACME, Role.CALLER, Set.of(), null));
            case "sp_scoped" ->
                new IdentityResult.Known(caller(GatewayFixture.ACME, Role.CALLER, Set.of("model:risk"), "care"));
            case "sp_auditor" -> new IdentityResult.Known(caller(GatewayFixture.ACME, Role.AUDITOR, Set.of(), null));
            case "sp_euro" -> new IdentityResult.Known(caller(GatewayFixture.EURO, Role.CALLER, Set.of(), null));
            case "both" -> new IdentityResult.Conflicting();
            case "down" -> new IdentityResult.Unavailable();
            default -> new IdentityResult.Unknown();
        };
    }

    private Caller caller(TenantId tenant, Role role, Set<String> scopes, @Nullable String purpose) {
        return new Caller(tenant, "key-1", "key-1", role, scopes, false, purpose, epochs);
    }
}
