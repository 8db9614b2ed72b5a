package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.RetentionClass;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What policies ask of the whole server is done, or refused when they are published. */
final class ServedPoliciesIT {
    private static final String CLINIC = "acme-clinic";
    private static final String CREDIT = "euro-credit";
    private static final String INFER = "/v2/models/simple/infer";
    private static final String CONTROL = "HIPAA-164.316.b.2.i";

    private static DemoProcess demo;

    @BeforeAll
    static void start() throws Exception {
        demo = DemoProcess.start();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    /** What the language has and nothing here carries out, on every way in, with its place. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            human_review| budgets: [{id: s, scope: key, limit: 20, window: P1D, onExceed: human_review}]
            humanReview | humanReview: {when: "output.confidence < 0.8", sla: PT24H}
            ceiling     | retention: {decisionLog: {ceiling: P7Y}}
            shadow      | mode: shadow
            """)
    void policy_thatNobodyCarriesOut_isRefusedOnEveryWayIn(String word, String spec) throws Exception {
        String tenant = "/admin/v1/tenants/" + CLINIC;
        Map<String, String> places = Map.of(
                "platform", "/admin/v1/platform/policy",
                "tenant", tenant + "/policy",
                "model", tenant + "/models/simple/policy");
        for (Map.Entry<String, String> place : places.entrySet()) {
            String yaml = "apiVersion: sallyport/v1\nkind: InferencePolicy\nmetadata: {layer: " + place.getKey()
                    + ", name: x}\nspec:\n  " + spec + "\n";
            String json = Json.encode(new Load(LoadSettings.builder().build()).loadFromString(yaml));
            for (String path : List.of(place.getValue(), place.getValue() + "?dryRun=true")) {
                checkRefused(put(path, "application/yaml", yaml), word, 5);
                checkRefused(put(path, "application/json", json), word, 1);
            }
        }
    }

    private static void checkRefused(HttpResponse<String> answer, String word, int line) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(new JsonObject(answer.body()).getJsonArray("problems"))
                .singleElement()
                .satisfies(each -> {
                    JsonObject problem = (JsonObject) each;
                    assertThat(problem.getString("message")).contains(word, "not supported yet");
                    assertThat(problem.getInteger("line")).isEqualTo(line);
                    assertThat(problem.getInteger("column")).isPositive();
                });
    }

    @Test
    void schema_isServedWhereTheShippedDocumentsPoint() throws Exception {
        for (String path : List.of("/admin/v1/packs/hipaa", "/admin/v1/packs/gdpr", "/admin/v1/platform/policy")) {
            HttpResponse<String> document = demo.get(path, demo.adminKey());
            String line = document.body().lines().findFirst().orElseThrow();
            assertThat(line).startsWith("# yaml-language-server: $schema=");
            URI schema = document.uri().resolve(line.substring(line.indexOf('=') + 1));
            HttpResponse<String> served = demo.get(schema.getPath(), demo.adminKey());
            assertThat(served.statusCode()).isEqualTo(200);
            assertThat(served.headers().firstValue("Content-Type")).hasValue("application/schema+json");
            assertThat(new JsonObject(served.body()).getString("$id")).isEqualTo("urn:sallyport:policy:v1");
        }
    }

    /** And the report says so where it is true, and only there. */
    @Test
    void records_ofEveryKind_haveTheClassOfTheirTenant() throws Exception {
        everyKindOfCall(CLINIC);
        everyKindOfCall(CREDIT);

        List<JsonObject> clinic = awaitRefusals(CLINIC);
        assertThat(clinic).extracting(record -> record.getString("retention")).containsOnly("long");
        assertThat(clinic).extracting(record -> record.getString("kind")).contains("decision", "act");
        assertThat(permits(awaitRefusals(CREDIT))).isNotEmpty().containsOnly("standard");

        JsonObject satisfied = control(CLINIC);
        assertThat(satisfied.getString("result")).isEqualTo("satisfied");
        assertThat(satisfied.getJsonObject("test").getInteger("population")).isGreaterThanOrEqualTo(clinic.size());
        assertThat(control(CREDIT).getString("result")).isEqualTo("not-satisfied");

        publishFloor(CREDIT);
        String record = infer(CREDIT).getJsonObject("parameters").getString("record");
        assertThat(new JsonObject(demo.get("/audit/v1/records/" + record, demo.auditorKey())
                                .body())
                        .getString("retention"))
                .isEqualTo(RetentionClass.LONG.code());
    }

    /** An answer, a denial of the policy, a wrong body, a model that is not there, and a wrong key to the tenant's path. */
    private static void everyKindOfCall(String tenant) throws Exception {
        DemoProcess.Tenant caller = demo.tenant(tenant);
        infer(tenant);
        assertThat(demo.send(demo.request(INFER, caller.key())
                                .header("Sallyport-Purpose", "curiosity")
                                .POST(BodyPublishers.ofString(SimpleModel.REQUEST))
                                .build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(demo.post(INFER, caller.key(), "{").statusCode()).isEqualTo(400);
        assertThat(demo.post("/v2/models/nothing/infer", caller.key(), SimpleModel.REQUEST)
                        .statusCode())
                .isEqualTo(404);
        assertThat(demo.get("/admin/v1/tenants", caller.key()).statusCode()).isEqualTo(403);
    }

    private static JsonObject infer(String tenant) throws Exception {
        HttpResponse<String> answer = demo.post(INFER, demo.tenant(tenant).key(), SimpleModel.REQUEST);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    /** Refusals without a policy are recorded by the second: waits until the three are there. */
    private static List<JsonObject> awaitRefusals(String tenant) throws Exception {
        while (true) {
            List<JsonObject> records = demo.records(tenant);
            List<String> codes =
                    records.stream().map(record -> record.getString("code")).toList();
            if (codes.containsAll(List.of("BODY_MALFORMED", "MODEL_UNKNOWN", "ROLE_NOT_ALLOWED"))) {
                return records;
            }
            Thread.sleep(100);
        }
    }

    private static List<String> permits(List<JsonObject> records) {
        return records.stream()
                .filter(record -> "permit".equals(record.getString("effect")))
                .map(record -> record.getString("retention"))
                .toList();
    }

    private static JsonObject control(String tenant) throws Exception {
        // A second on: the records' clock is the database's, which may be a moment ahead of this one.
        String order = "{\"tenant\":\"" + tenant + "\",\"frameworks\":[\"hipaa\"],\"from\":\"2020-01-01\",\"to\":\""
                + Instant.now().plusSeconds(1) + "\"}";
        HttpResponse<String> ordered = demo.post("/audit/v1/reports", demo.auditorKey(), order);
        assertThat(ordered.statusCode()).as(ordered.body()).isEqualTo(202);
        String report = ordered.headers().firstValue("Location").orElseThrow() + "/report.json";
        HttpResponse<String> answer = demo.get(report, demo.auditorKey());
        while (answer.statusCode() == 409) {
            Thread.sleep(100);
            answer = demo.get(report, demo.auditorKey());
        }
        return new JsonObject(answer.body())
                .getJsonArray("controls").stream()
                        .map(JsonObject.class::cast)
                        .filter(control -> control.getString("id").equals(CONTROL))
                        .findFirst()
                        .orElseThrow();
    }

    private static void publishFloor(String tenant) throws Exception {
        String path = "/admin/v1/tenants/" + tenant + "/policy";
        String document = demo.get(path, demo.adminKey()).body() + "  retention: {decisionLog: {floor: P6Y}}\n";
        HttpResponse<String> published = put(path, "application/yaml", document);
        assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
    }

    private static HttpResponse<String> put(String path, String type, String document) throws Exception {
        return demo.send(demo.request(path, demo.adminKey())
                .setHeader("Content-Type", type)
                .PUT(BodyPublishers.ofString(document))
                .build());
    }
}
