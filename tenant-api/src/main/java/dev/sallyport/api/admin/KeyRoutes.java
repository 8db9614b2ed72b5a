package dev.sallyport.api.admin;

import dev.sallyport.api.identity.KeyIssue;
import dev.sallyport.api.identity.KeyRequest;
import dev.sallyport.api.identity.Keys;
import dev.sallyport.api.identity.Role;
import dev.sallyport.api.web.OperationAnswer;
import dev.sallyport.api.web.OperationCall;
import dev.sallyport.api.web.OperationRoutes;
import dev.sallyport.api.web.Problem;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** {@code /admin/v1/tenants/{tenant}/keys}. */
public final class KeyRoutes {
    private final Keys keys;
    private final Tenants tenants;

    /**
     * Makes the handlers.
     *
     * @param keys the service
     * @param tenants tells who exists
     */
    public KeyRoutes(Keys keys, Tenants tenants) {
        this.keys = keys;
        this.tenants = tenants;
    }

    /**
     * Says what the operations do.
     *
     * @param routes of the interface
     */
    public void register(OperationRoutes routes) {
        routes.handle("listKeys", this::list);
        routes.handle("issueKey", this::issue);
        routes.handle("rotateKey", this::rotate);
        routes.handle("revokeKey", this::revoke);
    }

    private OperationAnswer list(OperationCall call) {
        JsonArray all = new JsonArray();
        keys.list(existing(call)).forEach(key -> all.add(AdminJson.of(key)));
        return OperationAnswer.json(200, new JsonObject().put("keys", all));
    }

    private OperationAnswer issue(OperationCall call) {
        TenantId tenant = existing(call);
        JsonObject body = call.json();
        Role role = Role.ofWireName(body.getString("role")).orElseThrow(() -> Problem.malformed("no such role"));
        String expires = body.getString("expires");
        Instant until = expires == null ? null : OperationCall.time("expires", expires);
        KeyRequest request = new KeyRequest(
                body.getString("name"),
                role,
                TenantRoutes.strings(body.getJsonArray("scopes")),
                body.getString("purpose"),
                until);
        return answer(keys.issue(tenant, request, call.actor()));
    }

    private OperationAnswer rotate(OperationCall call) {
        return answer(keys.rotate(existing(call), call.path("key"), call.actor()));
    }

    private OperationAnswer revoke(OperationCall call) {
        if (!keys.revoke(existing(call), call.path("key"), call.actor())) {
            throw Problem.notFound();
        }
        return OperationAnswer.empty();
    }

    private TenantId existing(OperationCall call) {
        TenantId tenant = call.tenant();
        if (tenants.find(tenant).isEmpty()) {
            throw Problem.notFound();
        }
        return tenant;
    }

    private static OperationAnswer answer(KeyIssue issue) {
        return switch (issue) {
            case KeyIssue.Issued issued -> OperationAnswer.json(201, AdminJson.of(issued));
            case KeyIssue.Invalid(String field, String sentence) -> throw Problem.unprocessable(field, sentence);
            case KeyIssue.Unknown unknown -> throw Problem.notFound();
        };
    }
}
