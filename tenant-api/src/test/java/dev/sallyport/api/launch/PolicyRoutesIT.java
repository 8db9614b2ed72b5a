package dev.sallyport.api.launch;

import static dev.sallyport.api.launch.Interface.checkProblem;
import static dev.sallyport.api.launch.Interface.checkStatus;
import static dev.sallyport.api.launch.Interface.header;
import static dev.sallyport.api.launch.Interface.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.identity.KeyRequest;
import dev.sallyport.api.identity.Role;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.format.Sha256;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies: published, read, refused, taken away; each test has a tenant of its own. */
@ExtendWith(RunningServices.Shared.class)
final class PolicyRoutesIT {
    private final RunningServices running;
    private final Interface calls;
    private final TenantId tenant;
    private final String admin;
    private final String caller;
    private final String policy;

    PolicyRoutesIT(RunningServices running) {
        this.running = running;
        calls = running.calls();
        tenant = running.tenant("policies");
        admin = running.key(tenant, Role.TENANT_ADMIN);
        caller = running.issue(tenant, new KeyRequest("sums", Role.CALLER, List.of(), "sums", null))
                .key();
        policy = "/admin/v1/tenants/" + tenant + "/policy";
    }

    private JsonObject published(String source) {
        return json(checkStatus(calls.put(policy, admin, source), 200));
    }

    private HttpResponse<String> putIf(String name, String value, String source) {
        return calls.call("PUT", policy, admin, source, Map.of(name, value));
    }

    private long publications() {
        return running.actions(tenant).stream().filter("policy.publish"::equals).count();
    }

    private static String digest(String source) {
        return Sha256.hex(source.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void policy_published_isReadBackByteForByte() {
        String source = "# Ärger\r\n" + Documents.tenant("sums") + "\n\n# end";
        HttpResponse<String> put = checkStatus(calls.put(policy, admin, source), 200);
        assertThat(json(put))
                .isEqualTo(new JsonObject()
                        .put("version", 1)
                        .put("digest", digest(source))
                        .put("stored", true));
        assertThat(header(put, "ETag")).isEqualTo("\"1\"");

        HttpResponse<String> read = checkStatus(calls.get(policy, admin), 200);
        assertThat(read.body()).isEqualTo(source);
        assertThat(header(read, "Content-Type")).isEqualTo("application/yaml");
        assertThat(header(read, "ETag")).isEqualTo("\"1\"");
        assertThat(header(read, "Sallyport-Policy-Digest")).isEqualTo(digest(source));

        assertThat(published(source).getBoolean("stored")).as("the same again").isFalse();
        assertThat(published(source + "\n").getInteger("version")).isEqualTo(2);
        assertThat(publications()).isEqualTo(2);
    }

    @Test
    void policy_asJson_isTakenWhateverTheContentTypeSays() {
        String source = new JsonObject()
                .put("apiVersion", "sallyport/v1")
                .put("kind", "InferencePolicy")
                .put("metadata", new JsonObject().put("name", "own/tenant").put("layer", "tenant"))
                .put(
                        "spec",
                        new JsonObject()
                                .put("purposes", JsonArray.of(new JsonObject().put("id", "sums")))
                                .put("input", new JsonObject().put("allowed", JsonArray.of("INPUT0", "INPUT1"))))
                .encodePrettily();
        int version = 0;
        for (String type : List.of("application/json", "application/yaml", "text/plain", "application/x-yaml", "")) {
            String another = source + " ".repeat(version);
            Map<String, String> headers = type.isEmpty() ? Map.of() : Map.of("Content-Type", type);
            HttpResponse<String> put = checkStatus(calls.call("PUT", policy, admin, another, headers), 200);
            assertThat(json(put).getInteger("version")).isEqualTo(++version);
            assertThat(calls.get(policy, admin).body()).isEqualTo(another);
        }
        checkStatus(calls.infer(caller), 200);
    }

    @Test
    void publication_isRecordedWithWhoAndWhat() {
        String first = Documents.tenant("sums");
        String second = Documents.tenant("other");
        published(first);
        published(second);
        checkStatus(calls.delete(policy, admin), 204);
        List<JsonObject> acts = running.acts(tenant).stream()
                .filter(act -> act.getString("action").startsWith("policy."))
                .toList();
        assertThat(acts)
                .extracting(act -> act.getString("action"))
                .containsExactly("policy.publish", "policy.publish", "policy.withdraw");
        JsonObject changed = acts.get(1).getJsonObject("act");
        assertThat(changed.getString("object")).isEqualTo("tenants/" + tenant + "/policy");
        assertThat(changed.getString("before")).isEqualTo(digest(first));
        assertThat(changed.getString("after")).isEqualTo(digest(second));
        assertThat(acts.get(1).getJsonObject("principal").getString("id"))
                .isEqualTo(json(calls.get("/me/v1", admin)).getString("key"));
        assertThat(acts.get(2).getJsonObject("act").getString("before")).isEqualTo(digest(second));
    }

    @Test
    void publication_basedOnAnotherVersion_isStale() {
        String source = Documents.tenant("sums");
        checkProblem(putIf("If-Match", "\"1\"", source), ProblemCode.POLICY_CHANGED);
        checkStatus(putIf("If-None-Match", "*", source), 200);
        checkProblem(putIf("If-None-Match", "*", source + "# 2\n"), ProblemCode.POLICY_CHANGED);
        checkStatus(putIf("If-Match", "\"1\"", source + "# 2\n"), 200);
        JsonObject stale = checkProblem(putIf("If-Match", "\"1\"", source + "# 3\n"), ProblemCode.POLICY_CHANGED);
        assertThat(stale.getString("detail")).contains("version 2");
        for (String bad : List.of("x", "\"\"", "\"1\", \"2\"", "-1", "99999999999")) {
            checkProblem(putIf("If-Match", bad, source + "# 3\n"), ProblemCode.MALFORMED);
        }
        checkProblem(calls.call("DELETE", policy, admin, "", Map.of("If-Match", "\"1\"")), ProblemCode.POLICY_CHANGED);
        assertThat(calls.get(policy, admin).body()).isEqualTo(source + "# 2\n");
        checkStatus(calls.call("DELETE", policy, admin, "", Map.of("If-Match", "\"2\"")), 204);
    }

    @Test
    void policy_takenAway_bindsNoLonger() {
        published(Documents.tenant("sums"));
        checkStatus(calls.infer(caller), 200);
        checkStatus(calls.delete(policy, admin), 204);
        checkProblem(calls.get(policy, admin), ProblemCode.NOT_FOUND);
        assertThat(checkStatus(calls.infer(caller), 403).body()).contains("POLICY_GAP");
        checkProblem(calls.delete(policy, admin), ProblemCode.NOT_FOUND);
        assertThat(published(Documents.tenant("sums")).getInteger("version"))
                .as("versions are not given twice")
                .isEqualTo(2);
    }

    @Test
    void dryRun_storesNothing() {
        String source = Documents.tenant("sums");
        JsonObject dry = json(checkStatus(calls.put(policy + "?dryRun=true", admin, source), 200));
        assertThat(dry.getInteger("version")).isEqualTo(1);
        assertThat(dry.getString("digest")).isEqualTo(digest(source));
        assertThat(dry.getBoolean("stored")).isFalse();
        checkProblem(calls.get(policy, admin), ProblemCode.NOT_FOUND);
        assertThat(publications()).isZero();

        published(source);
        checkStatus(calls.put(policy + "?dryRun=true", admin, Documents.tenant("other")), 200);
        checkProblem(
                calls.put(
                        policy + "?dryRun=true", admin, Documents.tenant("sums").replace("input:", "inputs:")),
                ProblemCode.UNPROCESSABLE);
        assertThat(calls.get(policy, admin).body()).isEqualTo(source);
        checkStatus(calls.infer(caller), 200);
        assertThat(publications()).isEqualTo(1);
        checkStatus(calls.put(policy + "?dryRun=false", admin, source + "# 2\n"), 200);
        assertThat(publications()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?dryRun", "?dryRun=", "?dryRun=TRUE", "?dryRun=1", "?dryRun=yes", "?dryRun=true,true"})
    void dryRun_thatIsNoBoolean_publishesNothing(String query) {
        checkProblem(calls.put(policy + query, admin, Documents.tenant("sums")), ProblemCode.MALFORMED);
        checkProblem(calls.get(policy, admin), ProblemCode.NOT_FOUND);
    }

    @Test
    void dryRun_givenTwiceOrMisspelt_publishesNothing() {
        for (String query : List.of("?dryRun=false&dryRun=true", "?dryRun=true&dryRun=false", "?dryrun=true")) {
            checkProblem(calls.put(policy + query, admin, Documents.tenant("sums")), ProblemCode.MALFORMED);
            checkProblem(calls.get(policy, admin), ProblemCode.NOT_FOUND);
        }
    }

    @Test
    void policy_bindsFromTheAcknowledgementOn() {
        published(Documents.tenant("sums"));
        String before = header(checkStatus(calls.infer(caller), 200), "Sallyport-Policy");
        assertThat(digestOfMe()).isEqualTo(before);
        for (int i = 0; i < 10; i++) {
            published(Documents.tenant("other") + "# " + i + "\n");
            HttpResponse<String> denied = checkStatus(calls.infer(caller), 403);
            assertThat(denied.body()).contains("PURPOSE_NOT_ALLOWED");
            published(Documents.tenant("sums") + "# " + i + "\n");
            HttpResponse<String> answer = checkStatus(calls.infer(caller), 200);
            assertThat(header(denied, "Sallyport-Policy")).isNotEqualTo(header(answer, "Sallyport-Policy"));
        }
        HttpResponse<String> after = checkStatus(calls.infer(caller), 200);
        String digest = header(after, "Sallyport-Policy");
        assertThat(digest).isNotEqualTo(before).isEqualTo(digestOfMe());
        String auditor = running.key(tenant, Role.AUDITOR);
        JsonObject record =
                json(checkStatus(calls.get("/audit/v1/records/" + header(after, "Sallyport-Record"), auditor), 200));
        assertThat(record.getString("policy")).isEqualTo(digest);
    }

    private String digestOfMe() {
        return json(calls.get("/me/v1", caller))
                .getJsonArray("models")
                .getJsonObject(0)
                .getString("policy");
    }

    @Test
    void modelsPolicy_bindsItsModelAlone() {
        published(Documents.tenant("sums"));
        String model = "/admin/v1/tenants/" + tenant + "/models/";
        String narrow = Documents.model("sums") + "    maxBytes: 16\n";
        checkStatus(calls.put(model + "another/policy", admin, narrow), 200);
        checkStatus(calls.infer(caller), 200);
        checkStatus(calls.put(model + "simple/policy", admin, narrow), 200);
        assertThat(checkStatus(calls.infer(caller), 403).body()).contains("INPUT_TOO_LARGE", "own/model:9");
        assertThat(calls.get(model + "simple/policy", admin).body()).isEqualTo(narrow);
        checkStatus(calls.delete(model + "simple/policy", admin), 204);
        checkStatus(calls.infer(caller), 200);
        checkProblem(calls.get(model + "simple/policy", admin), ProblemCode.NOT_FOUND);
    }
}
