package dev.sallyport.api.gateway;

import static dev.sallyport.api.gateway.GatewayFixture.KEY;
import static dev.sallyport.api.gateway.GatewayFixture.error;
import static dev.sallyport.api.gateway.GatewayFixture.header;
import static dev.sallyport.api.gateway.GatewayFixture.risk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Epochs;
import dev.sallyport.format.ModelRef;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.receipt.Receipt;
import dev.sallyport.ledger.AppendResult;
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

/** Nothing leaves before its record is committed, and what the record of a call holds. */
final class CommittedAnswerTest {
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
        Receipt receipt = Receipt.parse(header(response, "Sallyport-Receipt"));
        assertThat(receipt.record()).isEqualTo(Hash.of(Sha256.digest(record.encode())));
        assertThat(parameters(response).getString("receipt")).isEqualTo(receipt.encode());
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
    void answer_beforeItsRecordIsCommitted_doesNotLeave() throws Exception {
        CompletableFuture<AppendResult> commit = new CompletableFuture<>();
        fixture.records.next(commit);
        CompletableFuture<HttpResponse<String>> response = fixture.client.sendAsync(
                fixture.request(INFER, KEY)
                        .POST(BodyPublishers.ofString(risk("", "n")))
                        .build(),
                BodyHandlers.ofString());
        while (fixture.worker.jobs.isEmpty()) {
            Thread.sleep(5);
        }
        Thread.sleep(100);
        assertThat(response).isNotDone();
        commit.complete(new AppendResult.Committed("x", "v1.x"));
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
    void denial_withARecordOfItsOwn_hasItsReceiptAndNoOtherHasOne() throws Exception {
        HttpResponse<String> denied = fixture.risk("SSN 536-22-8145");
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(Receipt.parse(header(denied, "Sallyport-Receipt")).record())
                .isEqualTo(Hash.of(Sha256.digest(fixture.records.last().encode())));
        HttpResponse<String> counted = fixture.get("/v2/models/mary", KEY);
        assertThat(header(counted, "Sallyport-Record")).hasSize(26);
        assertThat(counted.headers().firstValue("Sallyport-Receipt")).isEmpty();
    }

    @Test
    void answer_thatCannotBeRecorded_is503() throws Exception {
        fixture.records.next(new AppendResult.Unavailable("down", Duration.ofSeconds(3)));
        HttpResponse<String> response = fixture.risk("n");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(error(response)).startsWith("LEDGER_UNAVAILABLE: ");
        assertThat(header(response, "Retry-After")).isEqualTo("3");
        assertThat(fixture.records.groups().values())
                .extracting(AuditRecord::code)
                .containsExactly("LEDGER_UNAVAILABLE");
        assertThat(header(response, "Sallyport-Record"))
                .as("the answer's own, which the database may have")
                .hasSize(26)
                .isNotEqualTo(
                        fixture.records.groups().values().iterator().next().id());
    }

    @Test
    void call_whileNothingIsRecorded_is503AndNoModelRuns() throws Exception {
        fixture.recording = false;
        assertThat(fixture.risk("n").statusCode()).isEqualTo(503);
        assertThat(fixture.worker.jobs).isEmpty();
        assertThat(fixture.get("/v2/health/ready", null).statusCode()).isEqualTo(503);
        assertThat(fixture.get("/v2/health/live", null).statusCode()).isEqualTo(200);
    }

    @Test
    void decision_foundStale_isMadeAgain() throws Exception {
        fixture.records.next(new AppendResult.Stale());
        assertThat(fixture.risk("n").statusCode()).isEqualTo(200);
        assertThat(fixture.reloads).containsExactly(GatewayFixture.ACME);
        assertThat(fixture.worker.jobs).as("the whole path again").hasSize(2);
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
    void subjects_areRecordedByPseudonymOnly() throws Exception {
        HttpResponse<String> response = fixture.send(fixture.request(INFER, KEY)
                .header("Sallyport-Subject", "patient-7")
                .POST(BodyPublishers.ofString(risk("", "n"))));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(fixture.records.last().subjects()).containsExactly("ab".repeat(32));
        assertThat(new String(fixture.records.last().encode(), UTF_8)).doesNotContain("patient-7");
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
}
