package dev.sallyport.api.launch;

import static dev.sallyport.api.launch.Interface.checkProblem;
import static dev.sallyport.api.launch.Interface.checkStatus;
import static dev.sallyport.api.launch.Interface.header;
import static dev.sallyport.api.launch.Interface.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.identity.KeyRequest;
import dev.sallyport.api.identity.Role;
import dev.sallyport.api.process.PublishedKeys;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.Envelope;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.log.TenantCheckpoint;
import dev.sallyport.format.log.TenantVerdict;
import dev.sallyport.format.merkle.ConsistencyProof;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.InclusionProof;
import dev.sallyport.format.receipt.ReceiptVerdict;
import dev.sallyport.policy.TenantId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receipts, proofs, checkpoints and keys, checked as somebody outside does, with nothing but what is served. */
@ExtendWith(RunningServices.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LogRoutesIT {
    private static final String LATEST = "/audit/v1/checkpoints/latest";
    private static final String CONSISTENCY = "/audit/v1/checkpoints/consistency";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RunningServices running;
    private final Interface calls;
    private final TenantId tenant;
    private final String auditor;
    private final String platform;
    private final String caller;

    LogRoutesIT(RunningServices running) {
        this.running = running;
        calls = running.calls();
        tenant = running.tenant("logged");
        auditor = running.key(tenant, Role.AUDITOR);
        platform = running.key(TenantId.PLATFORM, Role.AUDITOR);
        String admin = running.key(tenant, Role.TENANT_ADMIN);
        checkStatus(calls.put("/admin/v1/tenants/" + tenant + "/policy", admin, Documents.tenant("sums")), 200);
        caller = running.issue(tenant, new KeyRequest("sums", Role.CALLER, List.of(), "sums", null))
                .key();
    }

    private PublishedKeys published() {
        return PublishedKeys.parse(checkStatus(calls.get("/.well-known/sallyport/log-keys", ""), 200)
                .body());
    }

    private String record(String id) {
        return checkStatus(calls.get("/audit/v1/records/" + id, auditor), 200).body();
    }

    /** Asks until the answer is no NOT_SEQUENCED any more. */
    private HttpResponse<String> sequenced(String path, String key) {
        Instant end = Instant.now().plus(PATIENCE);
        HttpResponse<String> answer = calls.get(path, key);
        while (answer.statusCode() == 409 && Instant.now().isBefore(end)) {
            checkProblem(answer, ProblemCode.NOT_SEQUENCED);
            pause();
            answer = calls.get(path, key);
        }
        return checkStatus(answer, 200);
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private TenantVerdict.Valid checkpoint(String tenantId, String key, String path) {
        byte[] bytes = sequenced(path, key).body().getBytes(UTF_8);
        TenantVerdict verdict =
                TenantCheckpoint.verify(bytes, tenantId, published().logKeys());
        assertThat(verdict).isInstanceOf(TenantVerdict.Valid.class);
        return (TenantVerdict.Valid) verdict;
    }

    @Test
    void answers_haveReceiptsThatVerifyWithWhatIsPublished() {
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> answer = checkStatus(calls.infer(caller), 200);
            String receipt = header(answer, "Sallyport-Receipt");
            assertThat(json(answer).getJsonObject("parameters").getString("receipt"))
                    .isEqualTo(receipt);
            assertThat(published().verify(receipt, record(header(answer, "Sallyport-Record"))))
                    .isInstanceOf(ReceiptVerdict.Valid.class);
        }
    }

    @Test
    void denial_withARecordOfItsOwn_hasAReceipt() {
        String key = running.issue(tenant, new KeyRequest("other", Role.CALLER, List.of(), "other", null))
                .key();
        HttpResponse<String> denied = checkStatus(calls.infer(key), 403);
        assertThat(published().verify(header(denied, "Sallyport-Receipt"), record(header(denied, "Sallyport-Record"))))
                .isInstanceOf(ReceiptVerdict.Valid.class);
    }

    @Test
    void proof_ofARecord_leadsToASignedCheckpoint() {
        String id = header(checkStatus(calls.infer(caller), 200), "Sallyport-Record");
        for (String key : List.of(auditor, platform)) {
            JsonObject proof = json(sequenced("/audit/v1/records/" + id + "/proof", key));
            checkProof(proof, id, record(id));
        }
    }

    @Test
    void proof_ofAnAct_leadsToASignedCheckpoint() {
        String id = running.acts(tenant).getFirst().getString("id");
        checkProof(json(sequenced("/audit/v1/records/" + id + "/proof", auditor)), id, record(id));
    }

    private void checkProof(JsonObject proof, String id, String record) {
        assertThat(proof.getString("record")).isEqualTo(id);
        assertThat(proof.getString("tenant")).isEqualTo(tenant.value());
        Envelope envelope = Envelope.parse(canonical(proof.getJsonObject("envelope")));
        assertThat(envelope.record()).isEqualTo(Sha256.hex(record.getBytes(UTF_8)));
        TenantVerdict verdict = TenantCheckpoint.verify(
                canonical(proof.getJsonObject("checkpoint")),
                tenant.value(),
                published().logKeys());
        assertThat(verdict).isInstanceOfSatisfying(TenantVerdict.Valid.class, valid -> {
            InclusionProof inclusion = new InclusionProof(envelope.index(), path(proof));
            assertThat(inclusion
                            .verify(Hash.leaf(envelope.encode()), valid.leaf().head())
                            .holds())
                    .isTrue();
        });
    }

    private static byte[] canonical(JsonObject json) {
        return CanonicalJson.write(CanonicalJson.parse(json.toBuffer().getBytes()));
    }

    private static List<Hash> path(JsonObject json) {
        return json.getJsonArray("path", new JsonArray()).stream()
                .map(hash -> Hash.parse(String.valueOf(hash)))
                .toList();
    }

    @Test
    void record_thatHasNoPlaceYet_isSaidToHaveNone() throws SQLException {
        String id;
        try (Connection other = running.database().superuser()) {
            other.setAutoCommit(false);
            // As long as an older transaction may still write, nothing that came after it can have its place.
            other.createStatement().execute("SELECT pg_current_xact_id()");
            id = header(checkStatus(calls.infer(caller), 200), "Sallyport-Record");
            HttpResponse<String> answer = calls.get("/audit/v1/records/" + id + "/proof", auditor);
            checkProblem(answer, ProblemCode.NOT_SEQUENCED);
            assertThat(header(answer, "Retry-After")).isEqualTo("1");
            other.rollback();
        }
        sequenced("/audit/v1/records/" + id + "/proof", auditor);
    }

    @Test
    void record_thatIsNotThere_hasNoProof() {
        checkProblem(calls.get("/audit/v1/records/01JDDDDDDDDDDDDDDDDDDDDDDD/proof", auditor), ProblemCode.NOT_FOUND);
        checkProblem(calls.get("/audit/v1/records/x/proof", auditor), ProblemCode.MALFORMED);
        String others = running.acts(TenantId.PLATFORM).getFirst().getString("id");
        checkProblem(calls.get("/audit/v1/records/" + others + "/proof", auditor), ProblemCode.NOT_FOUND);
    }

    @Test
    void checkpoint_isTheCallersOwnUnlessThePlatformsNamesAnother() {
        checkpoint(tenant.value(), auditor, LATEST);
        checkpoint(tenant.value(), auditor, LATEST + "?tenant=" + tenant);
        checkpoint(tenant.value(), platform, LATEST + "?tenant=" + tenant);
        checkpoint("platform", platform, LATEST);
        for (String query : List.of(LATEST + "?tenant=", CONSISTENCY + "?from=0&to=0&tenant=")) {
            HttpResponse<String> others = calls.get(query + "platform", auditor);
            checkProblem(others, ProblemCode.NOT_FOUND);
            assertThat(calls.get(query + "no-such-tenant", auditor).body()).isEqualTo(others.body());
        }
        checkProblem(calls.get(LATEST + "?tenant=no-such-tenant", platform), ProblemCode.NOT_FOUND);
        checkProblem(calls.get(LATEST + "?tenant=UPPER", platform), ProblemCode.MALFORMED);
    }

    @Test
    void laterTrees_areShownToContinueEarlierOnes() {
        TenantVerdict.Valid first = checkpoint(tenant.value(), auditor, LATEST);
        String id = header(checkStatus(calls.infer(caller), 200), "Sallyport-Record");
        sequenced("/audit/v1/records/" + id + "/proof", auditor);
        TenantVerdict.Valid second = checkpoint(tenant.value(), auditor, LATEST);
        assertThat(second.leaf().head().size())
                .isGreaterThan(first.leaf().head().size());

        JsonObject ofTenant =
                consistency("", first.leaf().head().size(), second.leaf().head().size());
        assertThat(ofTenant.getString("tree")).isEqualTo("tenant");
        assertThat(ofTenant.getString("tenant")).isEqualTo(tenant.value());
        assertThat(new ConsistencyProof(path(ofTenant))
                        .verify(first.leaf().head(), second.leaf().head())
                        .holds())
                .isTrue();
        JsonObject ofLog = consistency(
                "tree=log&",
                first.platform().head().size(),
                second.platform().head().size());
        assertThat(ofLog.getString("tree")).isEqualTo("log");
        assertThat(new ConsistencyProof(path(ofLog))
                        .verify(first.platform().head(), second.platform().head())
                        .holds())
                .isTrue();
    }

    private JsonObject consistency(String query, long from, long to) {
        String path = CONSISTENCY + "?" + query + "from=" + from + "&to=" + to;
        return json(checkStatus(calls.get(path, auditor), 200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "from=1",
                "to=1",
                "from=-1&to=1",
                "from=a&to=1",
                "from=0&to=1.5",
                "from=0&to=9007199254740992",
                "from=0&from=1&to=1",
                "from=0&to=1&tree=round",
                "from=0&to=1&tree=log&tenant=platform",
                "from=0&to=1&tenant=UPPER"
            })
    void consistency_ofABadQuery_isMalformed(String query) {
        checkProblem(calls.get(CONSISTENCY + "?" + query, auditor), ProblemCode.MALFORMED);
    }

    @Test
    void consistency_ofSizesThatNoTreeHas_isUnprocessable() {
        checkpoint(tenant.value(), auditor, LATEST);
        for (String query : List.of("from=2&to=1", "from=0&to=1000000", "from=0&to=1000000&tree=log")) {
            checkProblem(calls.get(CONSISTENCY + "?" + query, auditor), ProblemCode.UNPROCESSABLE);
        }
        checkProblem(calls.get(CONSISTENCY + "?from=0&to=1&tenant=platform", auditor), ProblemCode.NOT_FOUND);
        checkProblem(calls.get(CONSISTENCY + "?from=0&to=0&tenant=no-such-tenant", platform), ProblemCode.NOT_FOUND);
    }

    @Test
    void keys_haveTheFingerprintOfWhatTheyAre() {
        JsonObject document = json(calls.get("/.well-known/sallyport/log-keys", ""));
        assertThat(document.getJsonArray("keys")).isNotEmpty().allSatisfy(each -> {
            JsonObject key = (JsonObject) each;
            assertThat(key.getString("fingerprint"))
                    .isEqualTo(Sha256.hex(Buffer.buffer(key.getString("vkey")).getBytes()));
            assertThat(Instant.parse(key.getString("since")))
                    .isBefore(Instant.now().plusSeconds(60));
        });
        assertThat(published().receiptKeys().refused()).isEmpty();
    }
}
