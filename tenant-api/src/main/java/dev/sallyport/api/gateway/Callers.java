package dev.sallyport.api.gateway;

import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.identity.IdentityResult;
import dev.sallyport.api.identity.Role;
import dev.sallyport.api.oip.ErrorCode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** The first steps of every call but health: who calls, and which model they mean. */
final class Callers {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final GatewayPorts ports;
    private final Outage lookups = new Outage("models cannot be looked up", "models can be looked up again");

    Callers(GatewayPorts ports) {
        this.ports = ports;
    }

    /**
     * Recognises the caller.
     *
     * @return fails with {@link CallRefused}: 400, 401, 403 for a role that calls no models, 404 under another tenant's
     *     prefix, 503
     */
    Future<Caller> identify(Call call) {
        return call.here(ports.identity().identify(call.request().headers())).map(result -> switch (result) {
            case IdentityResult.Known known -> welcome(call, known.caller());
            case IdentityResult.Missing missing ->
                throw refused(ErrorCode.CREDENTIAL_MISSING, "send Authorization: Bearer KEY, or X-API-Key: KEY");
            case IdentityResult.Unknown unknown ->
                throw refused(ErrorCode.CREDENTIAL_UNKNOWN, "the key is nobody's, expired or revoked");
            case IdentityResult.Conflicting conflicting ->
                throw refused(
                        ErrorCode.CREDENTIAL_CONFLICT,
                        "Authorization and X-API-Key hold two keys that differ; send one");
            case IdentityResult.Unavailable unavailable ->
                throw new CallRefused(Denial.unavailable(
                        ErrorCode.IDENTITY_UNAVAILABLE, "keys cannot be looked up at the moment", SOON));
        });
    }

    private static Caller welcome(Call call, Caller caller) {
        call.known(caller);
        String prefix = call.path().tenant();
        if (prefix != null && !prefix.equals(caller.tenant().value())) {
            throw refused(ErrorCode.PATH_UNKNOWN, "there is nothing at this path");
        }
        if (caller.role() != Role.CALLER) {
            throw refused(
                    ErrorCode.ROLE_NOT_ALLOWED,
                    "a key of role " + caller.role().wireName() + " calls no models; " + "allowed: "
                            + Role.CALLER.wireName());
        }
        if (caller.suspended()) {
            throw refused(ErrorCode.TENANT_SUSPENDED, "the tenant is suspended; ask the platform's administrators");
        }
        return caller;
    }

    /**
     * Finds the model that the path names.
     *
     * @return fails with {@link CallRefused}: 404, 403 outside the key's scopes, 503
     */
    Future<GrantedModel> model(Call call, Caller caller) {
        OipPath path = call.path();
        if (path.modelName().isEmpty() || path.versionMalformed()) {
            return Future.failedFuture(unknownModel());
        }
        Future<Optional<GrantedModel>> found =
                ports.catalogue().find(caller.tenant(), path.modelName().get(), path.modelVersion());
        return call.here(found)
                .onSuccess(model -> lookups.worked())
                .recover(this::unavailable)
                .map(model -> checked(call, caller, model));
    }

    private static GrantedModel checked(Call call, Caller caller, Optional<GrantedModel> model) {
        GrantedModel granted = model.orElseThrow(Callers::unknownModel);
        if (!caller.mayAsk(granted.alias().value())) {
            throw refused(ErrorCode.SCOPE_NOT_ALLOWED, "the key's scopes leave this model out");
        }
        call.found(granted);
        return granted;
    }

    /**
     * Ends a call whose models cannot be looked up.
     *
     * @return fails with {@link CallRefused}: 503
     */
    <T> Future<T> unavailable(Throwable failure) {
        lookups.failed(failure);
        return Future.failedFuture(new CallRefused(
                Denial.unavailable(ErrorCode.MODEL_UNAVAILABLE, "models cannot be looked up at the moment", SOON)));
    }

    private static CallRefused unknownModel() {
        return refused(ErrorCode.MODEL_UNKNOWN, "there is no such model or version");
    }

    private static CallRefused refused(ErrorCode code, String sentence) {
        return new CallRefused(Denial.of(code, sentence));
    }
}
