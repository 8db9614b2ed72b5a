package dev.sallyport.api.admin;

import dev.sallyport.api.identity.KeyInfo;
import dev.sallyport.api.identity.KeyIssue;
import dev.sallyport.api.web.Problem;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.policy.PolicyProblem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tenants, keys and problems in the form of the OpenAPI document; what is absent is left out. */
final class AdminJson {
    private AdminJson() {}

    static JsonObject of(Tenant tenant) {
        return new JsonObject()
                .put("id", tenant.id().value())
                .put("name", tenant.name())
                .put("packs", new JsonArray(tenant.packs()))
                .put("created", tenant.createdAt().toString())
                .put("suspended", tenant.suspended());
    }

    static JsonObject of(KeyInfo key) {
        JsonObject json = new JsonObject()
                .put("id", key.id())
                .put("name", key.name())
                .put("role", key.role().wireName())
                .put("scopes", new JsonArray(key.scopes()))
                .put("created", key.createdAt().toString());
        put(json, "purpose", key.purpose());
        put(json, "expires", key.expiresAt());
        put(json, "revoked", key.revokedAt());
        return json;
    }

    static JsonObject of(KeyIssue.Issued issued) {
        return new JsonObject().put("id", issued.id()).put("key", issued.key());
    }

    static JsonArray of(List<PolicyProblem> problems) {
        JsonArray all = new JsonArray();
        for (PolicyProblem problem : problems) {
            all.add(new JsonObject()
                    .put("message", problem.message())
                    .put("path", problem.path())
                    .put("line", problem.line())
                    .put("column", problem.column())
                    .put("document", problem.document()));
        }
        return all;
    }

    /** The state changed again and again while a change was checked. */
    static Problem contended() {
        return Problem.of(
                ProblemCode.STATE_CHANGED,
                "policies, keys or grants change faster than this can be checked; try again");
    }

    private static void put(JsonObject json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void put(JsonObject json, String name, @Nullable Instant value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }
}
