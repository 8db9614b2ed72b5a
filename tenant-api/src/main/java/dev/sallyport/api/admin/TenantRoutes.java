package dev.sallyport.api.admin;

import dev.sallyport.api.web.OperationAnswer;
import dev.sallyport.api.web.OperationCall;
import dev.sallyport.api.web.OperationRoutes;
import dev.sallyport.api.web.Problem;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /admin/v1/tenants}. */
public final class TenantRoutes {
    private final Tenants tenants;

    /**
     * Makes the handlers.
     *
     * @param tenants the service
     */
    public TenantRoutes(Tenants tenants) {
        this.tenants = tenants;
    }

    /**
     * Says what the operations do.
     *
     * @param routes of the interface
     */
    public void register(OperationRoutes routes) {
        routes.handle("listTenants", call -> list());
        routes.handle("createTenant", this::create);
        routes.handle("getTenant", this::get);
        routes.handle("deleteTenant", this::delete);
        routes.handle("suspendTenant", call -> suspend(call, true));
        routes.handle("resumeTenant", call -> suspend(call, false));
    }

    private OperationAnswer list() {
        JsonArray all = new JsonArray();
        tenants.list().forEach(tenant -> all.add(AdminJson.of(tenant)));
        return OperationAnswer.json(200, new JsonObject().put("tenants", all));
    }

    private OperationAnswer create(OperationCall call) {
        JsonObject body = call.json();
        List<String> packs = strings(body.getJsonArray("packs"));
        TenantId id = new TenantId(body.getString("id"));
        return switch (tenants.create(id, body.getString("name"), packs, call.actor())) {
            case TenantCreation.Created(Tenant tenant) ->
                OperationAnswer.json(201, AdminJson.of(tenant)).with("Location", "/admin/v1/tenants/" + tenant.id());
            case TenantCreation.Taken(String taken) ->
                throw Problem.of(
                        ProblemCode.TENANT_TAKEN,
                        "a tenant " + taken + " exists or existed: ids are never given twice");
            case TenantCreation.Contended contended -> throw AdminJson.contended();
            case TenantCreation.Invalid(String field, String sentence) -> throw Problem.unprocessable(field, sentence);
        };
    }

    private OperationAnswer get(OperationCall call) {
        return tenants.find(call.tenant())
                .map(tenant -> OperationAnswer.json(200, AdminJson.of(tenant)))
                .orElseThrow(Problem::notFound);
    }

    private OperationAnswer delete(OperationCall call) {
        if (!tenants.delete(call.tenant(), call.actor())) {
            throw Problem.notFound();
        }
        return OperationAnswer.empty();
    }

    private OperationAnswer suspend(OperationCall call, boolean suspended) {
        return tenants.suspend(call.tenant(), suspended, call.actor())
                .map(tenant -> OperationAnswer.json(200, AdminJson.of(tenant)))
                .orElseThrow(Problem::notFound);
    }

    static List<String> strings(@Nullable JsonArray array) {
        return array == null ? List.of() : array.stream().map(String::valueOf).toList();
    }
}
