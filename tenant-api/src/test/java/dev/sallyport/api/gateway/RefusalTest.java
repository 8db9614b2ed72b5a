package dev.sallyport.api.gateway;

import static dev.sallyport.api.gateway.GatewayFixture.KEY;
import static dev.sallyport.api.gateway.GatewayFixture.error;
import static dev.sallyport.api.gateway.GatewayFixture.header;
import static dev.sallyport.api.gateway.GatewayFixture.risk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.inference.FailureKind;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that come to nothing: whose they are, what is wrong with them, what fails behind the gateway. */
final class RefusalTest {
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
        assertThat(fixture.worker.jobs).isEmpty();
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

    @ParameterizedTest
    @CsvSource({
        "OVERLOADED,503,OVERLOADED",
        "DEADLINE,503,DEADLINE_EXCEEDED",
        "MODEL_UNAVAILABLE,503,MODEL_UNAVAILABLE",
        "MODEL_FAILED,500,MODEL_FAILED",
        "BAD_INPUT,400,INPUT_INVALID"
    })
    void worker_failing_isSaid(FailureKind kind, int status, String code) throws Exception {
        fixture.worker.model = AnsweringWorker.failing(kind);
        HttpResponse<String> response = fixture.risk("n");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(error(response)).startsWith(code + ": ");
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
        assertThat(fixture.records.committed()).isEmpty();
        checkCounted(response, code);
    }

    /** A model's time is never spent without a trace. */
    private void checkCounted(HttpResponse<String> response, String code) {
        assertThat(fixture.records.groups().values()).singleElement().satisfies(draft -> {
            assertThat(draft.code()).isEqualTo(code);
            assertThat(draft.tenant()).isEqualTo("acme");
            assertThat(draft.principal().id()).isEqualTo("key-1");
            assertThat(header(response, "Sallyport-Record")).isEqualTo(draft.id());
        });
    }

    @Test
    void call_thatComesToNoWorker_leavesNoRecordOfAFailureOfOurs() throws Exception {
        fixture.recording = false;
        assertThat(fixture.risk("n").statusCode()).isEqualTo(503);
        assertThat(fixture.records.groups()).isEmpty();
    }

    @Test
    void gateway_thatFailsItself_answersInTheProtocolsForm() throws Exception {
        fixture.worker.model = job -> {
            throw new IllegalStateException("secret of ours");
        };
        HttpResponse<String> response = fixture.risk("n");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(error(response)).startsWith("INTERNAL: ").doesNotContain("secret", "Exception");
        checkCounted(response, "INTERNAL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/admin/v1/tenants", "/", "/v3", "/v2x", "/t/acme", "/t/acme/v3"})
    void path_notTheProtocols_isSomebodyElses(String path) throws Exception {
        assertThat(fixture.get(path, null).statusCode()).isEqualTo(299);
    }
}
