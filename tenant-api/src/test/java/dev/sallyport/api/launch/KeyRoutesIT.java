package dev.sallyport.api.launch;

import static dev.sallyport.api.launch.Interface.checkProblem;
import static dev.sallyport.api.launch.Interface.checkStatus;
import static dev.sallyport.api.launch.Interface.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.identity.Role;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys: issued, narrowed, replaced, ended. */
@ExtendWith(RunningServices.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyRoutesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RunningServices running;
    private final Interface calls;
    private final TenantId tenant;
    private final String admin;
    private final String keys;

    KeyRoutesIT(RunningServices running) {
        this.running = running;
        calls = running.calls();
        tenant = running.tenant("keys");
        admin = running.key(tenant, Role.TENANT_ADMIN);
        keys = "/admin/v1/tenants/" + tenant + "/keys";
        checkStatus(calls.put("/admin/v1/tenants/" + tenant + "/policy", admin, Documents.tenant("sums")), 200);
    }

    private JsonObject issue(String members) {
        return json(checkStatus(calls.post(keys, admin, "{\"name\":\"of a test\"," + members + "}"), 201));
    }

    private JsonObject listed(String id) {
        JsonArray all = json(checkStatus(calls.get(keys, admin), 200)).getJsonArray("keys");
        return all.stream()
                .map(JsonObject.class::cast)
                .filter(key -> key.getString("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void refused(String members, ProblemCode code, String field) {
        int before = json(calls.get(keys, admin)).getJsonArray("keys").size();
        JsonObject problem = checkProblem(calls.post(keys, admin, "{\"name\":\"of a test\"," + members + "}"), code);
        assertThat(problem.encode()).contains(field);
        assertThat(json(calls.get(keys, admin)).getJsonArray("keys")).hasSize(before);
    }

    @Test
    void key_issued_isShownOnce() {
        JsonObject issued = issue("\"role\":\"caller\",\"scopes\":[\"model:simple\"],\"purpose\":\"sums\"");
        assertThat(issued.fieldNames()).containsExactlyInAnyOrder("id", "key");
        String key = issued.getString("key");
        assertThat(key).matches("sp_[A-Za-z0-9_-]{43}");

        JsonObject listed = listed(issued.getString("id"));
        assertThat(listed.fieldNames()).containsExactlyInAnyOrder("id", "name", "role", "scopes", "purpose", "created");
        assertThat(listed.getString("role")).isEqualTo("caller");
        assertThat(listed.getJsonArray("scopes")).isEqualTo(JsonArray.of("model:simple"));
        String secret = key.substring("sp_".length());
        assertThat(calls.get(keys, admin).body()).doesNotContain(secret);
        assertThat(running.acts(tenant).toString()).doesNotContain(secret).contains(issued.getString("id"));

        JsonObject me = json(checkStatus(calls.get("/me/v1", key), 200));
        assertThat(me.getString("tenant")).isEqualTo(tenant.value());
        assertThat(me.getString("key")).isEqualTo(issued.getString("id"));
        assertThat(me.getString("purpose")).isEqualTo("sums");
    }

    @Test
    void key_rotated_endsAtOnce_andTheNewOneIsLikeIt() {
        String expires = "2099-01-01T00:00:00Z";
        JsonObject old = issue("\"role\":\"caller\",\"scopes\":[\"model:simple\"],\"purpose\":\"sums\",\"expires\":\""
                + expires + "\"");
        checkStatus(calls.infer(old.getString("key")), 200);
        JsonObject fresh = json(checkStatus(calls.post(keys + "/" + old.getString("id") + "/rotate", admin, ""), 201));
        checkStatus(calls.infer(old.getString("key")), 401);
        checkStatus(calls.infer(fresh.getString("key")), 200);

        JsonObject before = listed(old.getString("id"));
        JsonObject after = listed(fresh.getString("id"));
        assertThat(before.containsKey("revoked")).isTrue();
        assertThat(after.containsKey("revoked")).isFalse();
        for (String member : List.of("name", "role", "scopes", "purpose", "expires")) {
            assertThat(after.getValue(member)).as(member).isEqualTo(before.getValue(member));
        }
        checkProblem(calls.post(keys + "/" + old.getString("id") + "/rotate", admin, ""), ProblemCode.NOT_FOUND);
        JsonObject act = running.acts(tenant).stream()
                .filter(each -> each.getString("action").equals("key.rotate"))
                .reduce((one, next) -> next)
                .orElseThrow()
                .getJsonObject("act");
        assertThat(act.getString("before")).isEqualTo(old.getString("id"));
        assertThat(act.getString("after")).isEqualTo(fresh.getString("id"));
    }

    @Test
    void key_revoked_isRefusedFromTheNextCallOn() {
        for (int i = 0; i < 20; i++) {
            JsonObject issued = issue("\"role\":\"caller\",\"purpose\":\"sums\"");
            String key = issued.getString("key");
            checkStatus(calls.infer(key), 200);
            checkStatus(calls.get("/me/v1", key), 200);
            checkStatus(calls.delete(keys + "/" + issued.getString("id"), admin), 204);
            checkStatus(calls.infer(key), 401);
            checkProblem(calls.get("/me/v1", key), ProblemCode.UNAUTHENTICATED);
            checkProblem(calls.delete(keys + "/" + issued.getString("id"), admin), ProblemCode.NOT_FOUND);
        }
        assertThat(running.actions(tenant)).contains("key.issue", "key.revoke");
    }

    @Test
    void admin_whoRevokesTheirOwnKey_isOut() {
        JsonObject own = issue("\"role\":\"tenant-admin\"");
        checkStatus(calls.delete(keys + "/" + own.getString("id"), own.getString("key")), 204);
        checkProblem(calls.get(keys, own.getString("key")), ProblemCode.UNAUTHENTICATED);
    }

    @Test
    void key_pastItsExpiry_isRefused() throws InterruptedException {
        JsonObject issued =
                issue("\"role\":\"caller\",\"expires\":\"" + Instant.now().plusSeconds(2) + "\"");
        String key = issued.getString("key");
        checkStatus(calls.get("/me/v1", key), 200);
        Instant end = Instant.now().plus(PATIENCE);
        HttpResponse<String> answer = calls.get("/me/v1", key);
        while (answer.statusCode() == 200 && Instant.now().isBefore(end)) {
            Thread.sleep(50);
            answer = calls.get("/me/v1", key);
        }
        checkProblem(answer, ProblemCode.UNAUTHENTICATED);
        checkProblem(calls.post(keys + "/" + issued.getString("id") + "/rotate", admin, ""), ProblemCode.NOT_FOUND);
    }

    @Test
    void key_thatWouldExpireInThePast_isRefused() {
        refused("\"role\":\"caller\",\"expires\":\"2020-01-01T00:00:00Z\"", ProblemCode.UNPROCESSABLE, "expires");
        refused(
                "\"role\":\"caller\",\"expires\":\"" + Instant.now().minusSeconds(5) + "\"",
                ProblemCode.UNPROCESSABLE,
                "expires");
        for (String expires : List.of(
                "tomorrow",
                "+999999999-12-31T23:59:59Z",
                "-1000-01-01T00:00:00Z",
                "+300000-01-01T00:00:00Z",
                "2026-02-30",
                "1e9",
                " ")) {
            refused("\"role\":\"caller\",\"expires\":\"" + expires + "\"", ProblemCode.UNPROCESSABLE, "expires");
        }
    }

    @Test
    void key_ofARoleThatCannotBeGranted_isRefused() {
        for (String role : List.of("reviewer", "policy-editor", "privacy-officer")) {
            refused("\"role\":\"" + role + "\"", ProblemCode.UNPROCESSABLE, "not supported yet");
        }
        for (String role : List.of("root", "CALLER", "")) {
            refused("\"role\":\"" + role + "\"", ProblemCode.MALFORMED, "");
        }
        refused("\"role\":\"platform-admin\"", ProblemCode.UNPROCESSABLE, "role");
        String platform = running.key(TenantId.PLATFORM, Role.PLATFORM_ADMIN);
        checkProblem(
                calls.post("/admin/v1/tenants/platform/keys", platform, "{\"name\":\"x\",\"role\":\"caller\"}"),
                ProblemCode.UNPROCESSABLE);
        checkProblem(
                calls.post("/admin/v1/tenants/platform/keys", admin, "{\"name\":\"x\",\"role\":\"platform-admin\"}"),
                ProblemCode.NOT_FOUND);
    }

    @Test
    void key_ofABadScopePurposeOrName_isRefused() {
        for (String scopes : List.of("[\"simple\"]", "[\"model:\"]", "[\"model:a b\"]", "\"model:simple\"", "[null]")) {
            refused("\"role\":\"caller\",\"scopes\":" + scopes, ProblemCode.MALFORMED, "");
        }
        for (String purpose : List.of("\"\"", "\"two words\"", "7")) {
            refused("\"role\":\"caller\",\"purpose\":" + purpose, ProblemCode.MALFORMED, "");
        }
        for (String name : List.of("  ", "a\\u0000b", "a\\tb", "a\\u009bb", "a\\u2028b")) {
            String body = "{\"name\":\"" + name + "\",\"role\":\"caller\"}";
            checkProblem(calls.post(keys, admin, body), ProblemCode.UNPROCESSABLE);
        }
    }

    @Test
    void scopes_narrowAKeyToTheirModels() {
        String open = issue("\"role\":\"caller\",\"purpose\":\"sums\"").getString("key");
        String simple = issue("\"role\":\"caller\",\"purpose\":\"sums\",\"scopes\":[\"model:simple\"]")
                .getString("key");
        String another = issue("\"role\":\"caller\",\"purpose\":\"sums\",\"scopes\":[\"model:another\"]")
                .getString("key");
        checkStatus(calls.infer(open), 200);
        checkStatus(calls.infer(simple), 200);
        assertThat(checkStatus(calls.infer(another), 403).body()).contains("SCOPE_NOT_ALLOWED");
        assertThat(json(calls.get("/me/v1", simple)).getJsonArray("models")).hasSize(1);
        assertThat(json(calls.get("/me/v1", another)).getJsonArray("models")).isEmpty();
    }

    @Test
    void purpose_ofAKey_isUsedWhereACallNamesNone() {
        String bare = issue("\"role\":\"caller\"").getString("key");
        assertThat(checkStatus(calls.infer(bare), 403).body()).contains("PURPOSE_MISSING");
        String sums = issue("\"role\":\"caller\",\"purpose\":\"sums\"").getString("key");
        checkStatus(calls.infer(sums), 200);
        String other = issue("\"role\":\"caller\",\"purpose\":\"other\"").getString("key");
        assertThat(checkStatus(calls.infer(other), 403).body()).contains("PURPOSE_NOT_ALLOWED");
    }

    @Test
    void credentials_thatDiffer_areAConflict() {
        String one = issue("\"role\":\"caller\"").getString("key");
        checkStatus(calls.call("GET", "/me/v1", one, "", Map.of("X-API-Key", one)), 200);
        checkStatus(calls.call("GET", "/me/v1", "", "", Map.of("X-API-Key", one)), 200);
        checkProblem(
                calls.call("GET", "/me/v1", one, "", Map.of("X-API-Key", admin)), ProblemCode.CREDENTIALS_CONFLICT);
        checkProblem(
                calls.send(calls.request("GET", "/me/v1", one, BodyPublishers.noBody())
                        .header("Authorization", "Bearer " + admin)),
                ProblemCode.CREDENTIALS_CONFLICT);
    }
}
