package dev.sallyport.api.gateway;

import static dev.sallyport.api.gateway.GatewayFixture.KEY;
import static dev.sallyport.api.gateway.GatewayFixture.error;
import static dev.sallyport.api.gateway.GatewayFixture.risk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.policy.TenantId;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A name that neither the model nor a policy has may be anything, a person's number too: it goes nowhere. */
final class SendersWordsTest {
    private static final String INFER = "/v2/models/risk/infer";
    private static final String NUMBER = "536-22-8145";

    private GatewayFixture fixture;

    @BeforeEach
    void open() {
        fixture = new GatewayFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String with(String name, String text) {
        return risk("", "n")
                .replace(
                        "]}]}",
                        "]},{\"name\":\"" + name + "\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"" + text
                                + "\"]}]}");
    }

    private void lenient() {
        fixture.policy(TenantId.PLATFORM, """
                apiVersion: sallyport/v1
                kind: InferencePolicy
                metadata: {name: platform/lenient, layer: platform, owner: o@platform.example}
                spec:
                  input: {unknownFields: drop}
                """);
    }

    private AuditRecord checkSilent(HttpResponse<String> response) {
        assertThat(response.body()).doesNotContain(NUMBER);
        assertThat(response.headers().map().toString()).doesNotContain(NUMBER);
        AuditRecord record = fixture.records.last();
        assertThat(new String(record.encode(), UTF_8)).doesNotContain(NUMBER);
        assertThat(fixture.ended.toString()).doesNotContain(NUMBER);
        return record;
    }

    @Test
    void tensor_ofAnUnknownName_isDeniedAndCounted() throws Exception {
        HttpResponse<String> response = fixture.post(INFER, KEY, with(NUMBER, "x"));
        assertThat(error(response))
                .startsWith("FIELD_NOT_ALLOWED: one of the fields is not allowed; allowed: age, days");
        assertThat(checkSilent(response).facts().fields()).containsExactly("age", "days", "note", "(undeclared)");
    }

    @Test
    void tensor_ofAnUnknownName_isDroppedAndCounted() throws Exception {
        lenient();
        HttpResponse<String> response = fixture.post(INFER, KEY, with(NUMBER, "write to mia@example.org"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        AuditRecord record = checkSilent(response);
        assertThat(record.facts().dropped()).containsExactly("(undeclared)");
        assertThat(record.facts().detections())
                .singleElement()
                .satisfies(found -> assertThat(found.field()).isEqualTo("(undeclared)"));
        assertThat(fixture.worker.jobs.getFirst().inputs()).hasSize(2);
    }

    @Test
    void tensor_ofAnUnknownNameThatHoldsPersonalData_isDenied() throws Exception {
        lenient();
        HttpResponse<String> response = fixture.post(INFER, KEY, with(NUMBER, "SSN " + NUMBER));
        assertThat(error(response)).startsWith("SSN_IN_TEXT: ");
        checkSilent(response);
    }

    @Test
    void field_thatAPolicyNames_isNamed() throws Exception {
        HttpResponse<String> response = fixture.post(INFER, KEY, with("ssn", "x"));
        assertThat(error(response)).startsWith("FIELD_FORBIDDEN: field \"ssn\"");
        assertThat(fixture.records.last().facts().fields()).contains("ssn");
    }

    @Test
    void purpose_thatNoPolicyNames_isNotRecorded() throws Exception {
        HttpResponse<String> response = fixture.send(fixture.request(INFER, KEY)
                .header("Sallyport-Purpose", NUMBER)
                .POST(BodyPublishers.ofString(risk("", "n"))));
        assertThat(error(response)).startsWith("PURPOSE_NOT_ALLOWED: ");
        assertThat(checkSilent(response).facts().purpose()).isEqualTo("(undeclared)");
        fixture.risk("n");
        assertThat(fixture.records.last().facts().purpose()).isEqualTo("care");
    }

    @Test
    void outputParameterModelOrVersion_ofAnUnknownName_isNeitherShownNorCounted() throws Exception {
        String member = "\"parameters\":{\"" + NUMBER + "\":\"" + NUMBER + "\"},";
        String outputs = "\"outputs\":[{\"name\":\"" + NUMBER + "\"}],";
        checkSilent(fixture.post(INFER, KEY, risk(member, "n")));
        for (HttpResponse<String> response : List.of(
                fixture.post(INFER, KEY, risk(outputs, "n")),
                fixture.post("/v2/models/" + NUMBER + "/infer", KEY, risk("", "n")),
                fixture.post("/v2/models/risk/versions/" + NUMBER + "/infer", KEY, risk("", "n")),
                fixture.post(INFER, KEY, risk("\"" + NUMBER + "\":1,", "n")))) {
            assertThat(response.statusCode()).isIn(400, 404);
            checkSilent(response);
        }
        assertThat(fixture.records.groups().values())
                .hasSize(3)
                .allSatisfy(
                        draft -> assertThat(new String(draft.encode(), UTF_8)).doesNotContain(NUMBER));
    }
}
