package dev.sallyport.api.gateway;

import static dev.sallyport.api.gateway.GatewayFixture.KEY;
import static dev.sallyport.api.gateway.GatewayFixture.error;
import static dev.sallyport.api.gateway.GatewayFixture.header;
import static dev.sallyport.api.gateway.GatewayFixture.risk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.Tensor;
import dev.sallyport.policy.Decision;
import dev.sallyport.policy.TenantId;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a policy does to a call, as its caller and the model see it. */
final class PolicyEffectTest {
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

    @Test
    void note_withAnAddress_reachesTheModelRedacted() throws Exception {
        fixture.risk("write to mia@example.org today");
        Tensor note = fixture.worker.jobs.getFirst().inputs().stream()
                .filter(t -> t.name().equals("note"))
                .findFirst()
                .orElseThrow();
        assertThat(new String(note.strings().getFirst(), UTF_8)).isEqualTo("write to [EMAIL] today");
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
        assertThat(fixture.worker.jobs).isEmpty();
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
        assertThat(fixture.worker.jobs).isEmpty();
    }

    @Test
    void fields_droppedByPolicy_areMissingToTheModel() throws Exception {
        fixture.policy(TenantId.PLATFORM, """
                apiVersion: sallyport/v1
                kind: InferencePolicy
                metadata: {name: platform/lenient, layer: platform, owner: o@platform.example}
                spec:
                  input: {unknownFields: drop}
                """);
        fixture.policy(
                GatewayFixture.ACME,
                GatewayFixture.POLICY.replace("allowed: [age, days, note, \"INPUT0[0]\"]", "allowed: [age, note]"));
        HttpResponse<String> response = fixture.risk("n");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(fixture.worker.jobs.getFirst().inputs().getFirst().asFloats().get(1))
                .isEqualTo(-1f);
        assertThat(fixture.records.last().facts().dropped()).containsExactly("days");
    }

    @Test
    void model_withoutAPolicyThatCoversIt_isAGap() throws Exception {
        fixture.policy(GatewayFixture.EURO, GatewayFixture.POLICY.replace("acme", "euro"));
        HttpResponse<String> response = fixture.risk("n");
        assertThat(error(response)).startsWith("POLICY_GAP: ");
        assertThat(fixture.records.last().effect()).isEqualTo(Effect.GAP);
    }

    /** Nobody can carry a hold out yet: it is refused, and nothing of the answer leaves. */
    @Test
    void answer_held_doesNotLeave() throws Exception {
        fixture.worker.model = job -> {
            Reply.Released released = (Reply.Released) AnsweringWorker.run(job);
            Decision hold = new Decision.Hold("REVIEW", "a person must look first", List.of(), List.of(), List.of());
            return new Reply.Held(released.outputs(), released.tier(), hold, released.facts());
        };
        HttpResponse<String> response = fixture.risk("n");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).doesNotContain("outputs", "high", "0.5");
        assertThat(fixture.records.last().effect()).isEqualTo(Effect.HOLD);
        assertThat(fixture.records.last().charges()).isEmpty();
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
    void rate_ofAKey_isNotRefilledByItsRotation() throws Exception {
        fixture.policy(
                GatewayFixture.ACME,
                GatewayFixture.POLICY + "  rate: {scope: key, permits: 1, per: PT60S, burst: 1}\n");
        assertThat(fixture.risk("n").statusCode()).isEqualTo(200);
        HttpResponse<String> rotated = fixture.post(INFER, "sp_rotated", risk("", "n"));
        assertThat(error(rotated)).startsWith("RATE_LIMITED: ");
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
        assertThat(fixture.worker.jobs).isEmpty();
    }
}
