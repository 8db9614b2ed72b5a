package dev.sallyport.api.launch;

import static dev.sallyport.api.launch.Interface.checkProblem;
import static dev.sallyport.api.launch.Interface.checkStatus;
import static dev.sallyport.api.launch.Interface.header;
import static dev.sallyport.api.launch.Interface.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.identity.KeyRequest;
import dev.sallyport.api.identity.Role;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants from their creation to their end. */
@ExtendWith(RunningServices.Shared.class)
final class TenantRoutesIT {
    private static final String TENANTS = "/admin/v1/tenants";

    private final RunningServices running;
    private final Interface calls;
    private final String admin;

    TenantRoutesIT(RunningServices running) {
        this.running = running;
        calls = running.calls();
        admin = running.key(TenantId.PLATFORM, Role.PLATFORM_ADMIN);
    }

    private HttpResponse<String> create(String id, String packs) {
        return calls.post(TENANTS, admin, "{\"id\":\"" + id + "\",\"name\":\"Name\",\"packs\":" + packs + "}");
    }

    @Test
    void tenant_created_isReadListedAndRecorded() {
        HttpResponse<String> created = checkStatus(create("created-1", "[\"gdpr\",\"hipaa\"]"), 201);
        assertThat(header(created, "Location")).isEqualTo(TENANTS + "/created-1");
        JsonObject tenant = json(created);
        assertThat(tenant.getString("id")).isEqualTo("created-1");
        assertThat(tenant.getString("name")).isEqualTo("Name");
        assertThat(tenant.getJsonArray("packs")).isEqualTo(JsonArray.of("gdpr", "hipaa"));

        assertThat(json(checkStatus(calls.get(TENANTS + "/created-1", admin), 200)))
                .isEqualTo(tenant);
        JsonArray all = json(checkStatus(calls.get(TENANTS, admin), 200)).getJsonArray("tenants");
        assertThat(all).contains(tenant);
        assertThat(all.stream().map(each -> ((JsonObject) each).getString("id")))
                .isSorted()
                .doesNotContain("platform");
        assertThat(running.actions(new TenantId("created-1"))).containsExactly("tenant.create");
    }

    @Test
    void tenant_ofAnIdThatIsOrWasGiven_isTaken() {
        checkStatus(create("taken-1", "[]"), 201);
        checkProblem(create("taken-1", "[]"), ProblemCode.TENANT_TAKEN);
        checkProblem(create("platform", "[]"), ProblemCode.TENANT_TAKEN);
        checkStatus(calls.delete(TENANTS + "/taken-1", admin), 204);
        checkProblem(create("taken-1", "[]"), ProblemCode.TENANT_TAKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UPPER", "-a", "a-", "a_b", "a/b", "a.b", "ü", "a b", "\\u0000", "id-of-64-characters"})
    void tenant_ofABadId_isMalformed(String id) {
        String given = id.equals("id-of-64-characters") ? "a".repeat(64) : id;
        checkProblem(create(given, "[]"), ProblemCode.MALFORMED);
    }

    @Test
    void tenant_ofBadPacks_isRefused() {
        JsonObject problem = checkProblem(create("bad-packs", "[\"nope\"]"), ProblemCode.UNPROCESSABLE);
        assertThat(problem.getString("detail")).contains("gdpr, hipaa");
        assertThat(problem.getJsonArray("problems").getJsonObject(0).getString("path"))
                .isEqualTo("packs");
        for (String packs : List.of("[\"gdpr\",\"gdpr\"]", "[1]", "\"gdpr\"", "[null]", "[\"\"]", "{}")) {
            checkProblem(create("bad-packs", packs), ProblemCode.MALFORMED);
        }
        checkProblem(calls.get(TENANTS + "/bad-packs", admin), ProblemCode.NOT_FOUND);
    }

    @Test
    void tenant_ofABadName_isRefused() {
        for (String name : List.of("\"   \"", "\"a\\u0000b\"", "\"a\\nb\"")) {
            String body = "{\"id\":\"bad-name\",\"name\":" + name + "}";
            checkProblem(calls.post(TENANTS, admin, body), ProblemCode.UNPROCESSABLE);
        }
        for (String name : List.of("\"\"", "7", "null", "\"" + "n".repeat(201) + "\"")) {
            String body = "{\"id\":\"bad-name\",\"name\":" + name + "}";
            checkProblem(calls.post(TENANTS, admin, body), ProblemCode.MALFORMED);
        }
        checkProblem(calls.get(TENANTS + "/bad-name", admin), ProblemCode.NOT_FOUND);
    }

    @Test
    void tenant_deleted_isGone_andItsKeysAreDead() {
        TenantId tenant = running.tenant("deleted");
        String path = TENANTS + "/" + tenant;
        String tenantAdmin = running.key(tenant, Role.TENANT_ADMIN);
        String caller = running.key(tenant, Role.CALLER);
        String auditor = running.key(tenant, Role.AUDITOR);
        checkStatus(calls.put(path + "/policy", tenantAdmin, Documents.tenant("sums")), 200);
        checkStatus(calls.get("/v2/models/simple", caller), 200);
        checkStatus(calls.get("/audit/v1/records", auditor), 200);

        checkStatus(calls.delete(path, admin), 204);
        checkProblem(calls.get(path, tenantAdmin), ProblemCode.UNAUTHENTICATED);
        checkStatus(calls.get("/v2/models/simple", caller), 401);
        checkStatus(calls.infer(caller), 401);
        checkProblem(calls.get("/audit/v1/records", auditor), ProblemCode.UNAUTHENTICATED);

        checkProblem(calls.get(path, admin), ProblemCode.NOT_FOUND);
        checkProblem(calls.get(path + "/keys", admin), ProblemCode.NOT_FOUND);
        checkProblem(calls.get(path + "/policy", admin), ProblemCode.NOT_FOUND);
        checkProblem(calls.put(path + "/policy", admin, Documents.tenant("sums")), ProblemCode.NOT_FOUND);
        checkProblem(calls.delete(path + "/policy", admin), ProblemCode.NOT_FOUND);
        String wish = "{\"name\":\"x\",\"role\":\"caller\"}";
        checkProblem(calls.post(path + "/keys", admin, wish), ProblemCode.NOT_FOUND);
        checkProblem(calls.delete(path, admin), ProblemCode.NOT_FOUND);
        assertThat(calls.get(TENANTS, admin).body()).doesNotContain(tenant.value());
        assertThat(running.actions(tenant))
                .as("its records stay")
                .startsWith("tenant.create")
                .endsWith("tenant.delete");
    }

    @Test
    void tenant_suspended_isRefusedItsCallsAlone_untilItIsResumed() {
        TenantId tenant = running.tenant("suspended");
        String path = TENANTS + "/" + tenant;
        String tenantAdmin = running.key(tenant, Role.TENANT_ADMIN);
        String caller = running.issue(tenant, new KeyRequest("sums", Role.CALLER, List.of(), "sums", null))
                .key();
        checkStatus(calls.put(path + "/policy", tenantAdmin, Documents.tenant("sums")), 200);
        checkStatus(calls.infer(caller), 200);
        long before = running.actions(tenant).size();

        assertThat(json(checkStatus(calls.post(path + "/suspend", admin, ""), 200))
                        .getBoolean("suspended"))
                .isTrue();
        assertThat(checkStatus(calls.infer(caller), 403).body()).contains("TENANT_SUSPENDED");
        checkStatus(calls.get("/v2/models/simple", caller), 403);
        checkStatus(calls.get(path + "/policy", tenantAdmin), 200);
        assertThat(json(checkStatus(calls.get(path, tenantAdmin), 200)).getBoolean("suspended"))
                .isTrue();
        checkStatus(calls.post(path + "/suspend", admin, ""), 200);

        assertThat(json(checkStatus(calls.post(path + "/resume", admin, ""), 200))
                        .getBoolean("suspended"))
                .isFalse();
        checkStatus(calls.infer(caller), 200);
        checkStatus(calls.post(path + "/resume", admin, ""), 200);
        assertThat(running.actions(tenant).stream().skip(before))
                .as("what changed nothing is not recorded")
                .containsExactly("tenant.suspend", "tenant.resume");
    }

    @Test
    void platform_isNoTenantToDeleteOrSuspend() {
        checkProblem(calls.post(TENANTS + "/platform/suspend", admin, ""), ProblemCode.NOT_FOUND);
        checkProblem(calls.post(TENANTS + "/nobody/suspend", admin, ""), ProblemCode.NOT_FOUND);
        checkProblem(calls.post(TENANTS + "/nobody/resume", admin, ""), ProblemCode.NOT_FOUND);
        checkProblem(calls.delete(TENANTS + "/platform", admin), ProblemCode.NOT_FOUND);
        checkStatus(calls.get(TENANTS, admin), 200);
    }
}
