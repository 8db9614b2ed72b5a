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
import dev.sallyport.format.Ulid;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records: one by its id, and listings in parts. */
@ExtendWith(RunningServices.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RecordRoutesIT {
    private static final String RECORDS = "/audit/v1/records";
    private static final int CALLS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RunningServices running;
    private final Interface calls;
    private final TenantId tenant;
    private final String auditor;
    private final List<String> answered = new ArrayList<>();

    RecordRoutesIT(RunningServices running) {
        this.running = running;
        calls = running.calls();
        tenant = running.tenant("recorded");
        auditor = running.key(tenant, Role.AUDITOR);
        String admin = running.key(tenant, Role.TENANT_ADMIN);
        checkStatus(calls.put("/admin/v1/tenants/" + tenant + "/policy", admin, Documents.tenant("sums")), 200);
        String caller = running.issue(tenant, new KeyRequest("sums", Role.CALLER, List.of(), "sums", null))
                .key();
        for (int i = 0; i < CALLS; i++) {
            answered.add(header(checkStatus(calls.infer(caller), 200), "Sallyport-Record"));
        }
    }

    private JsonObject page(String query) {
        return json(checkStatus(calls.get(RECORDS + query, auditor), 200));
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("records").stream()
                .map(record -> ((JsonObject) record).getString("id"))
                .toList();
    }

    @Test
    void record_isItsCanonicalBytes() {
        HttpResponse<String> one = checkStatus(calls.get(RECORDS + "/" + answered.getFirst(), auditor), 200);
        assertThat(Sha256.hex(one.body().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(header(one, "Sallyport-Record-Digest"));
        JsonObject record = json(one);
        assertThat(record.getString("id")).isEqualTo(answered.getFirst());
        assertThat(record.getString("tenant")).isEqualTo(tenant.value());
        assertThat(record.getString("effect")).isEqualTo("permit");
        assertThat(page("?limit=1000").getJsonArray("records")).contains(record);
    }

    @Test
    void record_thatIsNotThere_isNotFound() {
        checkProblem(calls.get(RECORDS + "/01JDDDDDDDDDDDDDDDDDDDDDDD", auditor), ProblemCode.NOT_FOUND);
        checkProblem(calls.get(RECORDS + "/7ZZZZZZZZZZZZZZZZZZZZZZZZZ", auditor), ProblemCode.NOT_FOUND);
        checkProblem(calls.get(RECORDS + "/00000000000000000000000000", auditor), ProblemCode.NOT_FOUND);
        for (String id : List.of("x", "01jddddddddddddddddddddddd", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "%00", "a%2Fb")) {
            checkProblem(calls.get(RECORDS + "/" + id, auditor), ProblemCode.MALFORMED);
        }
    }

    @Test
    void listing_inParts_holdsEveryRecordOnce() {
        List<String> all = ids(page("?limit=1000"));
        assertThat(all).isSorted().doesNotHaveDuplicates().containsAll(answered);
        List<String> parts = new ArrayList<>();
        JsonObject part = page("?limit=5");
        while (part.containsKey("cursor")) {
            assertThat(part.getJsonArray("records")).hasSize(5);
            parts.addAll(ids(part));
            part = page("?limit=5&cursor=" + part.getString("cursor"));
        }
        parts.addAll(ids(part));
        assertThat(parts.subList(0, all.size())).isEqualTo(all);
    }

    @Test
    void listing_ofAPeriod_isBoundedByIt() {
        JsonArray all = page("?limit=1000").getJsonArray("records");
        Instant middle = time(all.getJsonObject(all.size() / 2));
        List<String> before = ids(page("?limit=1000&to=" + middle));
        List<String> after = ids(page("?limit=1000&from=" + middle));
        assertThat(before).isNotEmpty();
        assertThat(after).contains(all.getJsonObject(all.size() / 2).getString("id"));
        List<String> joined = new ArrayList<>(before);
        joined.addAll(after);
        assertThat(joined)
                .startsWith(ids(page("?limit=1000&to=" + middle.plusMillis(1))).toArray(String[]::new));
        assertThat(joined).doesNotHaveDuplicates().containsAll(answered);
        assertThat(ids(page("?from=2099-01-01"))).isEmpty();
        assertThat(ids(page("?to=1970-01-01"))).isEmpty();
        assertThat(ids(page("?from=2026-01-02&to=2026-01-01"))).isEmpty();
    }

    /** The time in a record's id, which listings go by: whole milliseconds. */
    private static Instant time(JsonObject record) {
        return Ulid.parse(record.getString("id")).instant();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cursor=x",
                "cursor=",
                "cursor=8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
                "cursor=01JDDDDDDDDDDDDDDDDDDDDDDD%00",
                "limit=0",
                "limit=1001",
                "limit=-1",
                "limit=ten",
                "limit=",
                "limit=1.0",
                "limit=1e2",
                "limit=99999999999999999999",
                "from=%00",
                "tenant=UPPER",
                "tenants=a",
                "limit=1&limit=2"
            })
    void listing_ofABadQuery_isMalformed(String query) {
        checkProblem(calls.get(RECORDS + "?" + query, auditor), ProblemCode.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "from,yesterday",
        "to,2026-13-01",
        "from,%2B999999999-12-31T23:59:59Z",
        "to,-999999999-01-01T00:00:00Z",
        "to,1969-12-31"
    })
    void listing_ofWhatIsNoTime_namesTheParameter(String name, String text) {
        JsonObject problem =
                checkProblem(calls.get(RECORDS + "?" + name + "=" + text, auditor), ProblemCode.UNPROCESSABLE);
        assertThat(problem.getJsonArray("problems").getJsonObject(0).getString("path"))
                .isEqualTo(name);
    }

    @Test
    void listing_ofThePlatformsAuditor_isOfAllOrOne() {
        String platform = running.key(TenantId.PLATFORM, Role.AUDITOR);
        JsonArray one = json(calls.get(RECORDS + "?limit=1000&tenant=" + tenant, platform))
                .getJsonArray("records");
        assertThat(one)
                .isNotEmpty()
                .allMatch(record -> ((JsonObject) record).getString("tenant").equals(tenant.value()));
        checkStatus(calls.get(RECORDS + "/" + answered.getFirst(), platform), 200);
        JsonArray all = json(calls.get(RECORDS + "?limit=1000", platform)).getJsonArray("records");
        assertThat(all)
                .anyMatch(record -> ((JsonObject) record).getString("tenant").equals("platform"));
    }

    @Test
    void refusal_ofARole_isRecordedWithItsCode() throws InterruptedException {
        String caller = running.key(tenant, Role.CALLER);
        checkProblem(calls.get(RECORDS, caller), ProblemCode.ROLE_NOT_ALLOWED);
        Instant end = Instant.now().plus(PATIENCE);
        while (refusals().isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
        assertThat(refusals()).anySatisfy(record -> {
            assertThat(record.getString("action")).isEqualTo("listRecords");
            assertThat(record.getString("effect")).isEqualTo("deny");
            assertThat(record.getJsonObject("principal").getString("role")).isEqualTo("caller");
        });
    }

    private List<JsonObject> refusals() {
        return page("?limit=1000").getJsonArray("records").stream()
                .map(JsonObject.class::cast)
                .filter(record -> ProblemCode.ROLE_NOT_ALLOWED.name().equals(record.getString("code")))
                .toList();
    }
}
