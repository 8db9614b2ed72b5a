package dev.sallyport.api.gateway;

import static dev.sallyport.api.gateway.GatewayFixture.KEY;
import static dev.sallyport.api.gateway.GatewayFixture.error;
import static dev.sallyport.api.gateway.GatewayFixture.risk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Epochs;
import dev.sallyport.format.ModelRef;
import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.Tensor;
import dev.sallyport.ledger.AppendResult;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a call, over HTTP. */
final class GatewayTest {
    private static final String INFER = "/v2/models/risk/infer";

    private GatewayFixture fixture;

    @BeforeEach
    void open() {
        fixture = new GatewayFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static JsonObject parameters(HttpResponse<String> response) {
        return new JsonObject(response.body()).getJsonObject("parameters");
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void infer_permitted_isAnsweredWithItsRecord() throws Exception {
        HttpResponse<String> response = fixture.risk("a note");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonObject body = new JsonObject(response.body());
        assertThat(body.getString("model_name")).isEqualTo("risk");
        assertThat(body.getString("model_version")).isEqualTo("2");
        assertThat(body.getString("id")).isEqualTo("r");
        assertThat(body.getJsonArray("outputs").getJsonObject(0).getJsonArray("data"))
                .containsExactly("high");
        AuditRecord record = fixture.records.last();
        assertThat(parameters(response).getString("record")).isEqualTo(record.id());
        assertThat(header(response, "Sallyport-Record")).isEqualTo(record.id());
        assertThat(header(response, "Sallyport-Policy")).isEqualTo(record.policy());
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
    }

    @Test
    void record_ofAnAnswer_holdsTheFactsAndNoValues() throws Exception {
        fixture.risk("write to mia@example.org");
        AuditRecord record = fixture.records.last();
        assertThat(record.effect()).isEqualTo(Effect.PERMIT);
        assertThat(record.epochs()).as("the oldest state read").isEqualTo(new Epochs(2, 7));
        assertThat(record.model()).isEqualTo(new ModelRef("platform", "risk-model", "2", "ab".repeat(32), "risk"));
        assertThat(record.facts().fields()).containsExactly("age", "days", "note");
        assertThat(record.facts().purpose()).isEqualTo("care");
        assertThat(record.facts().region()).isEqualTo("eu-central-1");
        assertThat(record.facts().disclosure()).isEqualTo("full");
        assertThat(record.facts().detections()).singleElement().satisfies(d -> {
            assertThat(d.type()).isEqualTo("EMAIL");
            assertThat(d.action()).isEqualTo("redact");
        });
        assertThat(new String(record.encode(), UTF_8)).doesNotContain("mia", "example.org");
    }

    @Test
    void note_withAnAddress_reachesTheModelRedacted() throws Exception {
        fixture.risk("write to mia@example.org today");
        Tensor note = fixture.jobs.getFirst().inputs().stream()
                .filter(t -> t.name().equals("note"))
                .findFirst()
                .orElseThrow();
        assertThat(new String(note.strings().getFirst(), UTF_8)).isEqualTo("write to [EMAIL] today");
    }

    @Test
    void answer_beforeItsRecordIsCommitted_doesNotLeave() throws Exception {
        CompletableFuture<AppendResult> commit = new CompletableFuture<>();
        fixture.records.next(commit);
        CompletableFuture<HttpResponse<String>> response = fixture.client.sendAsync(
                fixture.request(INFER, KEY)
                        .POST(BodyPublishers.ofString(risk("", "n")))
                        .build(),
                BodyHandlers.ofString());
        while (fixture.jobs.isEmpty()) {
            Thread.sleep(5);
        }
        Thread.sleep(100);
        assertThat(response).isNotDone();
        commit.complete(new AppendResult.Committed("x"));
        assertThat(response.join().statusCode()).isEqualTo(200);
    }

    @Test
    void denial_beforeItsRecordIsCommitted_doesNotLeave() throws Exception {
        fixture.records.next(new AppendResult.Unavailable("down", Duration.ofSeconds(3)));
        HttpResponse<String> response = fixture.risk("SSN 536-22-8145");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).doesNotContain("SSN_IN_TEXT");
    }

    @Test
    void answer_thatCannotBeRecorded_is503() throws Exception {
        fixture.records.next(new AppendResult.Unavailable("down", Duration.ofSeconds(3)));
        HttpResponse<String> response = fixture.risk("n");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(error(response)).startsWith("LEDGER_UNAVAILABLE: ");
        assertThat(header(response, "Retry-After")).isEqualTo("3");
    }

    @Test
    void call_whileNothingIsRecorded_is503AndNoModelRuns() throws Exception {
        fixture.recording = false;
        assertThat(fixture.risk("n").statusCode()).isEqualTo(503);
        assertThat(fixture.jobs).isEmpty();
        assertThat(fixture.get("/v2/health/ready", null).statusCode()).isEqualTo(503);
        assertThat(fixture.get("/v2/health/live", null).statusCode()).isEqualTo(200);
    }

    @Test
    void decision_foundStale_isMadeAgain() throws Exception {
        fixture.records.next(new AppendResult.Stale());
        assertThat(fixture.risk("n").statusCode()).isEqualTo(200);
        assertThat(fixture.reloads).containsExactly(GatewayFixture.ACME);
        assertThat(fixture.jobs).as("the whole path again").hasSize(2);
        fixture.records.next(new AppendResult.Stale());
        assertThat(fixture.risk("SSN 536-22-8145").statusCode()).isEqualTo(403);
        assertThat(fixture.reloads).hasSize(2);
    }

    @Test
    void decision_foundStaleAgainAndAgain_is503() throws Exception {
        for (int i = 0; i < 3; i++) {
            fixture.records.next(new AppendResult.Stale());
        }
        HttpResponse<String> response = fixture.risk("n");
        assertThat(error(response)).startsWith("STATE_CHANGED: ");
        assertThat(response.statusCode()).isEqualTo(503);
    }

    @Test
    void denial_explainsItselfInTextAndHeaders() throws Exception {
        HttpResponse<String> response = fixture.risk("SSN 536-22-8145");
        assertThat(response.statusCode()).isEqualTo(403);
        AuditRecord record = fixture.records.last();
        assertThat(error(response))
                .startsWith("SSN_IN_TEXT: ")
                .contains("input.actions.reject at tenant/acme:13", "record " + record.id())
                .doesNotContain("536");
        assertThat(header(response, "Sallyport-Code")).isEqualTo("SSN_IN_TEXT");
        assertThat(header(response, "Sallyport-Record")).isEqualTo(record.id());
        assertThat(header(response, "Sallyport-Policy")).isEqualTo(record.policy());
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(record.effect()).isEqualTo(Effect.DENY);
        assertThat(record.code()).isEqualTo("SSN_IN_TEXT");
        assertThat(record.charges()).isEmpty();
        assertThat(fixture.jobs).isEmpty();
    }

    @Test
    void purpose_missingOtherOrTwice_isRefused() throws Exception {
        String body = risk("", "n");
        HttpResponse<String> missing = fixture.post(INFER, "sp_bare", body);
        assertThat(error(missing)).startsWith("PURPOSE_MISSING: ").contains("GDPR-5.1.b");
        assertThat(header(missing, "Sallyport-Control")).isEqualTo("GDPR-5.1.b");
        String other = risk("\"parameters\":{\"purpose\":\"marketing\"},", "n");
        assertThat(error(fixture.post(INFER, KEY, other)))
                .startsWith("PURPOSE_NOT_ALLOWED: ")
                .contains("care");
        HttpResponse<String> twice = fixture.send(
                fixture.request(INFER, KEY).header("Sallyport-Purpose", "care").POST(BodyPublishers.ofString(other)));
        assertThat(twice.statusCode()).isEqualTo(400);
        assertThat(error(twice)).startsWith("DECLARATION_CONFLICT: ");
        HttpResponse<String> header = fixture.send(fixture.request(INFER, "sp_bare")
                .header("Sallyport-Purpose", "care")
                .POST(BodyPublishers.ofString(body)));
        assertThat(header.statusCode()).isEqualTo(200);
    }

    @Test
    void fields_undeclared_areForbiddenOrNotAllowed() throws Exception {
        String stranger = risk("", "n")
                .replace("]}]}", "]},{\"name\":\"ssn\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"1\"]}]}");
        assertThat(error(fixture.post(INFER, KEY, stranger))).startsWith("FIELD_FORBIDDEN: ");
        assertThat(fixture.post(INFER, KEY, stranger.replace("\"ssn\"", "\"hat\""))
                        .statusCode())
                .isEqualTo(403);
        assertThat(fixture.jobs).isEmpty();
    }

    @Test
    void fields_droppedByPolicy_areMissingToTheModel() throws Exception {
        fixture.policy(
                GatewayFixture.ACME,
                GatewayFixture.POLICY.replace(
                        "allowed: [age, days, note, \"INPUT0[0]\"]", "unknownFields: drop\n    allowed: [age, note]"));
        HttpResponse<String> response = fixture.risk("n");
        assertThat(response.statusCode()).as(response.body()).isIn(200, 403);
        if (response.statusCode() == 200) {
            assertThat(fixture.jobs.getFirst().inputs().getFirst().asFloats().get(1))
                    .isEqualTo(-1f);
            assertThat(fixture.records.last().facts().dropped()).containsExactly("days");
        }
    }

    @Test
    void subjects_areRecordedByPseudonymOnly() throws Exception {
        HttpResponse<String> response = fixture.send(fixture.request(INFER, KEY)
                .header("Sallyport-Subject", "patient-7")
                .POST(BodyPublishers.ofString(risk("", "n"))));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(fixture.records.last().subjects()).containsExactly("ab".repeat(32));
        assertThat(new String(fixture.records.last().encode(), UTF_8)).doesNotContain("patient-7");
    }

    @Test
    void model_withoutAPolicyThatCoversIt_isAGap() throws Exception {
        fixture.policy(GatewayFixture.EURO, GatewayFixture.POLICY.replace("acme", "euro"));
        HttpResponse<String> response = fixture.risk("n");
        assertThat(error(response)).startsWith("POLICY_GAP: ");
        assertThat(fixture.records.last().effect()).isEqualTo(Effect.GAP);
    }

    @Test
    void rate_spent_is429WithRetryAfter() throws Exception {
        fixture.policy(
                GatewayFixture.ACME,
                GatewayFixture.POLICY + "  rate: {scope: key, permits: 1, per: PT60S, burst: 2}\n");
        assertThat(fixture.risk("n").statusCode()).isEqualTo(200);
        assertThat(fixture.risk("n").statusCode()).isEqualTo(200);
        HttpResponse<String> response = fixture.risk("n");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(error(response)).startsWith("RATE_LIMITED: ");
        assertThat(Integer.parseInt(header(response, "Retry-After"))).isBetween(1, 60);
        assertThat(fixture.records.groups().values()).singleElement().satisfies(draft -> {
            assertThat(draft.code()).isEqualTo("RATE_LIMITED");
            assertThat(header(response, "Sallyport-Record")).isEqualTo(draft.id());
        });
    }

    @Test
    void budget_thatCannotBeRead_is503() throws Exception {
        fixture.policy(
                GatewayFixture.ACME,
                GatewayFixture.POLICY
                        + "  budgets:\n    - {id: d, scope: [key], limit: 5, window: P1D, kind: calendar}\n");
        HttpResponse<String> response = fixture.risk("n");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(error(response)).startsWith("BUDGET_UNAVAILABLE: ");
        assertThat(fixture.jobs).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "OVERLOADED,503,OVERLOADED",
        "DEADLINE,503,DEADLINE_EXCEEDED",
        "MODEL_UNAVAILABLE,503,MODEL_UNAVAILABLE",
        "MODEL_FAILED,500,MODEL_FAILED",
        "BAD_INPUT,400,INPUT_INVALID"
    })
    void worker_failing_isSaid(FailureKind kind, int status, String code) throws Exception {
        fixture.model = GatewayFixture.failing(kind);
        HttpResponse<String> response = fixture.risk("n");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(error(response)).startsWith(code + ": ");
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
        assertThat(fixture.records.committed()).isEmpty();
    }

    @Test
    void gateway_thatFailsItself_answersInTheProtocolsForm() throws Exception {
        fixture.model = job -> {
            throw new IllegalStateException("secret of ours");
        };
        HttpResponse<String> response = fixture.risk("n");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(error(response)).startsWith("INTERNAL: ").doesNotContain("secret", "Exception");
    }

    @ParameterizedTest
    @CsvSource({
        "'',401,CREDENTIAL_MISSING",
        "sp_x,401,CREDENTIAL_UNKNOWN",
        "both,400,CREDENTIAL_CONFLICT",
        "down,503,IDENTITY_UNAVAILABLE",
        "sp_auditor,403,ROLE_NOT_ALLOWED",
        "sp_euro,404,MODEL_UNKNOWN"
    })
    void credential_ofAnyOtherKind_isRefused(String key, int status, String code) throws Exception {
        HttpResponse<String> response = fixture.post(INFER, key.isEmpty() ? null : key, risk("", "n"));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(error(response)).startsWith(code + ": ");
        assertThat(header(response, "WWW-Authenticate")).isEqualTo(status == 401 ? "Bearer" : "");
        assertThat(fixture.jobs).isEmpty();
    }

    @Test
    void refusals_withoutATenant_areCountedUnderThePlatformByNetwork() throws Exception {
        fixture.post(INFER, null, "{}");
        fixture.post(INFER, null, "{}");
        assertThat(fixture.records.groups()).hasSize(1).allSatisfy((key, draft) -> {
            assertThat(key.tenant()).isEqualTo(TenantId.PLATFORM);
            assertThat(draft.principal().id()).isEqualTo("127.0.0.0/24");
            assertThat(draft.code()).isEqualTo("CREDENTIAL_MISSING");
        });
    }

    @Test
    void scope_withoutTheModel_isRefused() throws Exception {
        assertThat(fixture.post(INFER, "sp_scoped", risk("", "n")).statusCode()).isEqualTo(200);
        HttpResponse<String> other = fixture.get("/v2/models/simple", "sp_scoped");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(error(other)).startsWith("SCOPE_NOT_ALLOWED: ");
        assertThat(new JsonArray(
                        fixture.post("/v2/repository/index", "sp_scoped", "").body()))
                .hasSize(1);
    }

    @Test
    void body_malformed_isRefusedWithoutEchoAndCounted() throws Exception {
        HttpResponse<String> response = fixture.post(INFER, KEY, "{\"inputs\":[{\"name\":\"mary\"");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).startsWith("BODY_MALFORMED: ").doesNotContain("mary");
        assertThat(fixture.records.groups().values())
                .extracting(AuditRecord::code)
                .containsExactly("BODY_MALFORMED");
    }

    @Test
    void ids_ofTheForm_areEchoedAndRecorded() throws Exception {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        HttpResponse<String> response = fixture.send(fixture.request(INFER, KEY)
                .header("X-Request-Id", "abc-1")
                .header("traceparent", trace)
                .POST(BodyPublishers.ofString(risk("", "n"))));
        assertThat(header(response, "X-Request-Id")).isEqualTo("abc-1");
        assertThat(header(response, "traceparent")).isEqualTo(trace);
        assertThat(fixture.records.last().request()).isEqualTo("abc-1");
        assertThat(fixture.ended.getLast().trace()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        HttpResponse<String> other = fixture.send(fixture.request("/v2", KEY)
                .header("X-Request-Id", "mary@example.org")
                .header("traceparent", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"));
        assertThat(header(other, "X-Request-Id")).hasSize(26);
        assertThat(other.headers().firstValue("traceparent")).isEmpty();
    }

    @Test
    void listener_hearsOfEachCallWhatIsNoContent() throws Exception {
        fixture.risk("n");
        fixture.get("/v2/models/mary", KEY);
        assertThat(fixture.ended).hasSize(2);
        assertThat(fixture.ended.getFirst().rows()).isEqualTo(1);
        assertThat(fixture.ended.getFirst().record())
                .isEqualTo(fixture.records.last().id());
        assertThat(fixture.ended.toString()).doesNotContain("mary");
        assertThat(List.of(
                        fixture.ended.getFirst().status(),
                        fixture.ended.getLast().status()))
                .containsExactly(200, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/admin/v1/tenants", "/", "/v3", "/v2x", "/t/acme", "/t/acme/v3"})
    void path_notTheProtocols_isSomebodyElses(String path) throws Exception {
        assertThat(fixture.get(path, null).statusCode()).isEqualTo(299);
    }
}
