package dev.sallyport.api.launch;

import static dev.sallyport.api.launch.Interface.checkProblem;
import static dev.sallyport.api.launch.Interface.checkStatus;
import static dev.sallyport.api.launch.Interface.header;
import static dev.sallyport.api.launch.Interface.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.identity.Role;
import dev.sallyport.api.launch.Operations.Operation;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a problem that says what is wrong; nothing is done, and the server is still there. */
@ExtendWith(RunningServices.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileAdministrationIT {
    private static final int DEEP = 10_000;
    private static final List<String> HOSTILE = List.of(
            "\u0000",
            "a\u0000b",
            "\n",
            "\u001b[2J",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\uffff",
            "x".repeat(100_000),
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "+300000-01-01T00:00:00Z",
            "0000-01-01",
            "1969-12-31T23:59:59Z",
            "9999-12-31T23:59:59-18:00",
            "2026-01-01T00:00:00.999999999+18:00",
            "2026-06-30T23:59:60Z",
            "24:00",
            "' OR 1=1 --",
            "<script>alert(1)</script>");

    private final Interface calls;
    private final TenantId tenant;
    private final String platform;
    private final String admin;
    private final String auditor;

    HostileAdministrationIT(RunningServices running) {
        calls = running.calls();
        tenant = running.tenant("hostile");
        platform = running.key(TenantId.PLATFORM, Role.PLATFORM_ADMIN);
        admin = running.key(tenant, Role.TENANT_ADMIN);
        auditor = running.key(tenant, Role.AUDITOR);
    }

    @AfterEach
    void server_isStillThere() {
        checkStatus(calls.get("/me/v1", admin), 200);
        assertThat(json(calls.get("/admin/v1/tenants/" + tenant, admin)).getString("id"))
                .isEqualTo(tenant.value());
    }

    /** The operations that read a JSON object, which the OpenAPI document describes. */
    static List<Operation> readers() {
        return Operations.ALL_OF_THEM.stream()
                .filter(operation -> operation.method().equals("POST"))
                .filter(operation -> !operation.body().isEmpty())
                .toList();
    }

    private HttpResponse<String> send(Operation operation, String body) {
        return send(operation, body, Map.of("Content-Type", "application/json"));
    }

    private HttpResponse<String> send(Operation operation, String body, Map<String, String> headers) {
        String path = operation.path(Map.of("tenant", tenant.value()));
        return calls.call(operation.method(), path, key(operation), body, headers);
    }

    private String key(Operation operation) {
        return operation.roles().contains(Role.TENANT_ADMIN)
                ? admin
                : operation.roles().contains(Role.AUDITOR) ? auditor : platform;
    }

    @ParameterizedTest
    @MethodSource("readers")
    void body_thatIsNotTheDescribedObject_isMalformed(Operation operation) {
        String good = operation.body();
        for (String body : List.of(
                "{",
                good.substring(0, good.length() - 2),
                good + "x",
                "hello",
                "[]",
                "[" + good + "]",
                "null",
                "7",
                "\"" + "x".repeat(100) + "\"",
                "{}",
                good.replaceFirst("\\{", "{\"surprise\":1,"),
                "\u0000",
                "[".repeat(DEEP) + "]".repeat(DEEP),
                "{\"name\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}",
                "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP),
                "{\"name\":" + "9".repeat(DEEP) + "}",
                "{\"name\":1e99999999}")) {
            checkProblem(send(operation, body), ProblemCode.MALFORMED);
        }
        checkProblem(send(operation, "", Map.of()), ProblemCode.MALFORMED);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void body_thatIsNotUtf8_isMalformed(Operation operation) {
        byte[] bytes = {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};
        String path = operation.path(Map.of("tenant", tenant.value()));
        checkProblem(
                calls.send(calls.request("POST", path, key(operation), BodyPublishers.ofByteArray(bytes))
                        .header("Content-Type", "application/json")),
                ProblemCode.MALFORMED);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void body_ofAnotherContentType_isMalformed(Operation operation) {
        for (String type : List.of(
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "multipart/form-data",
                "nonsense")) {
            HttpResponse<String> answer = send(operation, operation.body(), Map.of("Content-Type", type));
            assertThat(answer.statusCode()).as(type).isEqualTo(400);
            checkSaysJson(answer);
        }
        checkSaysJson(send(operation, operation.body(), Map.of()));
    }

    private static void checkSaysJson(HttpResponse<String> answer) {
        assertThat(checkProblem(answer, ProblemCode.MALFORMED).getString("detail"))
                .contains("Content-Type: application/json");
    }

    @ParameterizedTest
    @MethodSource("readers")
    void body_withAMemberTwiceOrHalfACharacter_isMalformed(Operation operation) {
        JsonObject good = new JsonObject(operation.body());
        for (String member : good.fieldNames()) {
            JsonObject one = new JsonObject().put(member, good.getValue(member));
            String again = "," + one.encode().substring(1);
            checkProblem(send(operation, good.encode().replaceFirst("}$", "") + again), ProblemCode.MALFORMED);
        }
        for (String text : List.of("\\ud800", "\\udc00", "a\\ud800b", "\\udc00\\ud800")) {
            String name = good.fieldNames().contains("name") ? "name" : "from";
            String body = good.copy().put(name, "TEXT").encode().replace("TEXT", text);
            checkProblem(send(operation, body), ProblemCode.MALFORMED);
        }
    }

    /** Wherever a text or a time goes in, nothing that it holds makes the server fail. */
    @ParameterizedTest
    @MethodSource("readers")
    void member_ofAnyTextAtAll_isRefusedOrTaken(Operation operation) {
        JsonObject good = new JsonObject(operation.body());
        List<String> members = new ArrayList<>(good.fieldNames());
        members.addAll(List.of("tenant", "purpose", "expires", "from", "to"));
        for (String member : members) {
            for (String text : HOSTILE) {
                Object value = good.getValue(member) instanceof JsonArray ? JsonArray.of(text) : text;
                HttpResponse<String> answer =
                        send(operation, good.copy().put(member, value).encode());
                assertThat(answer.statusCode())
                        .as("%s: %s", member, answer.body())
                        .isLessThan(500);
            }
        }
    }

    @Test
    void query_ofAnyTextAtAll_isRefusedOrTaken() {
        for (String member : List.of("tenant", "from", "to", "cursor", "limit")) {
            for (String text : HOSTILE) {
                String query = "?" + member + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
                assertThat(calls.get("/audit/v1/records" + query, auditor).statusCode())
                        .as(query)
                        .isLessThan(500);
            }
        }
    }

    /** Texts of a policy, which go into errors, headers and records. */
    @Test
    void policy_ofAnyTextAtAll_isRefusedOrTaken() {
        String path = "/admin/v1/tenants/" + tenant + "/policy?dryRun=true";
        for (String escape : List.of("\\u0000", "\\ud800", "\\n", "\\u001b[2J", "\\u2028", "x".repeat(100_000))) {
            for (String spec : List.of(
                    "\"purposes\":[{\"id\":\"TEXT\"}]",
                    "\"input\":{\"allowed\":[\"TEXT\"]}",
                    "\"conditions\":[{\"id\":\"TEXT\",\"expr\":\"true\"}]",
                    "\"conditions\":[{\"id\":\"a\",\"expr\":\"TEXT\"}]",
                    "\"conditions\":[{\"id\":\"a\",\"expr\":\"true\",\"reason\":\"TEXT\"}]",
                    "\"TEXT\":1")) {
                for (String name : List.of("x", "TEXT")) {
                    String document = "{\"apiVersion\":\"sallyport/v1\",\"kind\":\"InferencePolicy\",\"metadata\":"
                            + "{\"layer\":\"tenant\",\"name\":\"" + name + "\"},\"spec\":{" + spec + "}}";
                    HttpResponse<String> answer = calls.put(path, admin, document.replace("TEXT", escape));
                    assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void body_ofTenMegabytes_isTooLarge(Operation operation) {
        String body = " ".repeat(10 << 20) + operation.body();
        checkProblem(send(operation, body), ProblemCode.TOO_LARGE);
    }

    @Test
    void policy_ofTenMegabytes_isTooLarge_whoeverSendsIt() {
        String path = "/admin/v1/tenants/" + tenant + "/policy";
        for (String key : List.of(admin, auditor, "")) {
            HttpResponse<String> answer = calls.put(path, key, "#".repeat(10 << 20));
            assertThat(answer.statusCode()).isIn(401, 403, 413);
        }
        checkProblem(calls.put(path, admin, "#".repeat(10 << 20)), ProblemCode.TOO_LARGE);
    }

    @Test
    void policy_thatIsNoDocument_isRefused() {
        String path = "/admin/v1/tenants/" + tenant + "/policy";
        for (String source : List.of(
                "{",
                "hello",
                "[]",
                "7",
                "\u0000",
                "a: &a [*a]",
                "[".repeat(DEEP),
                "[".repeat(DEEP) + "]".repeat(DEEP),
                "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP),
                "- ".repeat(DEEP),
                "#".repeat(1_000_000),
                "apiVersion: sallyport/v1\n---\nkind: InferencePolicy\n")) {
            JsonObject problem = checkProblem(calls.put(path, admin, source), ProblemCode.UNPROCESSABLE);
            JsonObject first = problem.getJsonArray("problems").getJsonObject(0);
            assertThat(first.getInteger("line")).isPositive();
            assertThat(first.getInteger("column")).isPositive();
        }
        checkProblem(
                calls.send(calls.request("PUT", path, admin, BodyPublishers.ofByteArray(new byte[] {(byte) 0xff}))),
                ProblemCode.MALFORMED);
        HttpResponse<String> empty = calls.call("PUT", path, admin, "");
        assertThat(empty.statusCode()).isIn(400, 422);
        checkProblem(calls.get(path, admin), ProblemCode.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/v1/tenants/UPPER",
                "/admin/v1/tenants/%00",
                "/admin/v1/tenants/%FF",
                "/admin/v1/tenants/..%2F..%2Fetc",
                "/admin/v1/tenants/a'%20OR%20'1'='1",
                "/admin/v1/tenants/platform%20/keys",
                "/admin/v1/packs/..%2Fplatform%2Fbaseline"
            })
    void path_ofABadParameter_isMalformed(String path) {
        checkProblem(calls.get(path, platform), ProblemCode.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/admin", "/admin/v1/nothing", "/admin/v1/tenants/a/b/c/d", "/audit", "/favicon.ico"})
    void path_thatIsNone_isNotFound(String path) {
        checkProblem(calls.get(path, platform), ProblemCode.NOT_FOUND);
        checkProblem(calls.get(path, ""), ProblemCode.NOT_FOUND);
    }

    @Test
    void method_thatAPathHasNot_isNotAllowed() {
        for (String method : List.of("PATCH", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW")) {
            HttpResponse<String> answer = calls.call(method, "/admin/v1/tenants", platform, "");
            checkStatus(answer, 405);
            assertThat(header(answer, "Allow").split(", ")).containsExactlyInAnyOrder("GET", "POST");
        }
        checkProblem(calls.put("/admin/v1/tenants", platform, "{}"), ProblemCode.METHOD_NOT_ALLOWED);
    }

    @Test
    void requestId_isEchoed_unlessItHasNotTheForm() {
        HttpResponse<String> own = calls.call("GET", "/me/v1", admin, "", Map.of("X-Request-Id", "mine-1"));
        assertThat(header(own, "X-Request-Id")).isEqualTo("mine-1");
        for (String bad : List.of("a b", "<script>", "x".repeat(129))) {
            HttpResponse<String> other = calls.call("GET", "/me/v1", admin, "", Map.of("X-Request-Id", bad));
            assertThat(header(other, "X-Request-Id")).isNotEmpty().isNotEqualTo(bad);
        }
    }

    @Test
    void problem_repeatsNoValueThatWasSent() {
        String secret = "patient-mary-1962";
        for (HttpResponse<String> answer : List.of(
                calls.post("/admin/v1/tenants", platform, "{\"id\":\"" + secret + " \",\"name\":\"x\"}"),
                calls.post("/admin/v1/tenants", platform, "{\"id\":\"a\",\"name\":{\"" + secret + "\":1}}"),
                calls.post("/admin/v1/tenants", platform, "{\"id\":\"a\",\"name\":" + secret + "}"),
                calls.get("/admin/v1/tenants/" + secret + "%20", platform),
                calls.get("/audit/v1/records?limit=" + secret, auditor))) {
            checkProblem(answer, ProblemCode.MALFORMED);
            assertThat(answer.body()).doesNotContain(secret);
        }
        HttpResponse<String> noTime = calls.get("/audit/v1/records?from=" + secret, auditor);
        checkProblem(noTime, ProblemCode.UNPROCESSABLE);
        assertThat(noTime.body()).doesNotContain(secret);
    }
}
