package dev.sallyport.api.launch;

import static dev.sallyport.api.launch.Interface.checkProblem;
import static dev.sallyport.api.launch.Interface.checkStatus;
import static dev.sallyport.api.launch.Interface.header;
import static dev.sallyport.api.launch.Interface.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.identity.KeyRequest;
import dev.sallyport.api.identity.Role;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports: ordered, awaited, read. */
@ExtendWith(RunningServices.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportRoutesIT {
    private static final String REPORTS = "/audit/v1/reports";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningServices running;
    private final Interface calls;
    private final TenantId tenant;
    private final String auditor;

    ReportRoutesIT(RunningServices running) {
        this.running = running;
        calls = running.calls();
        tenant = running.tenant("reported", "gdpr");
        auditor = running.key(tenant, Role.AUDITOR);
        String admin = running.key(tenant, Role.TENANT_ADMIN);
        String source = Documents.tenant("sums").replace("{id: sums}", "{id: sums, lawfulBasis: contract}");
        checkStatus(calls.put("/admin/v1/tenants/" + tenant + "/policy", admin, source), 200);
        String caller = running.issue(tenant, new KeyRequest("sums", Role.CALLER, List.of(), "sums", null))
                .key();
        checkStatus(calls.infer(caller), 200);
        checkStatus(calls.infer(running.key(tenant, Role.CALLER)), 403);
    }

    private static JsonObject wish(String framework, String from, String to) {
        return new JsonObject()
                .put("frameworks", JsonArray.of(framework))
                .put("from", from)
                .put("to", to);
    }

    private HttpResponse<String> order(JsonObject wish) {
        return calls.post(REPORTS, auditor, wish.encode());
    }

    private JsonObject finished(String report) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        JsonObject state = json(checkStatus(calls.get(report, auditor), 200));
        while (state.getString("state").equals("pending") && Instant.now().isBefore(end)) {
            Thread.sleep(50);
            state = json(checkStatus(calls.get(report, auditor), 200));
        }
        return state;
    }

    @Test
    void report_ordered_isMadeOfTheLedger() throws InterruptedException {
        HttpResponse<String> ordered = checkStatus(
                order(wish("GDPR", "2026-01-01T00:00:00Z", Instant.now().toString())), 202);
        JsonObject report = json(ordered);
        assertThat(report.getString("tenant")).isEqualTo(tenant.value());
        assertThat(report.getJsonArray("frameworks")).isEqualTo(JsonArray.of("gdpr"));
        String location = header(ordered, "Location");
        assertThat(location).isEqualTo(REPORTS + "/" + report.getString("id"));
        assertThat(finished(location).getString("state")).isEqualTo("finished");

        HttpResponse<String> made = checkStatus(calls.get(location + "/report.json", auditor), 200);
        assertThat(header(made, "Content-Type")).isEqualTo("application/json");
        assertThat(json(made).encode()).contains(tenant.value(), "GDPR-5.1.b", "permit", "PURPOSE_MISSING");
        HttpResponse<String> page = checkStatus(calls.get(location + "/report.html", auditor), 200);
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.body()).startsWith("<!DOCTYPE html>").contains(tenant.value(), "GDPR-5.1.b");
        assertThat(running.actions(tenant)).contains("report.create");

        String platform = running.key(TenantId.PLATFORM, Role.AUDITOR);
        assertThat(calls.get(location + "/report.json", platform).body())
                .as("the platform's auditor finds it too")
                .isEqualTo(made.body());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02, 2026-01-01",
        "2026-01-01, 2026-01-01",
        "2026-01-01, 2099-01-01",
        "2098-01-01, 2099-01-01",
        "2026-01-01, 9999-12-31T23:59:59Z"
    })
    void report_ofABadPeriod_isRefused(String from, String to) {
        JsonObject problem = checkProblem(order(wish("gdpr", from, to)), ProblemCode.UNPROCESSABLE);
        assertThat(problem.getJsonArray("problems").getJsonObject(0).getString("path"))
                .contains("to");
    }

    @Test
    void report_ofAPeriodThatHasNotEnded_isRefused() {
        String later = Instant.now().plusSeconds(60).toString();
        JsonObject problem = checkProblem(order(wish("gdpr", "2026-01-01", later)), ProblemCode.UNPROCESSABLE);
        assertThat(problem.getString("detail")).contains("not later than now");
    }

    @ParameterizedTest
    @CsvSource({
        "yesterday, 2026-01-01",
        "2026-01-01, soon",
        "2026-02-30, 2026-03-01",
        "0001-01-01, 2026-01-01",
        "-999999999-01-01T00:00:00Z, 2026-01-01",
        "2026-01-01, +999999999-12-31T23:59:59Z"
    })
    void report_ofWhatIsNoTime_isRefused(String from, String to) {
        checkProblem(order(wish("gdpr", from, to)), ProblemCode.UNPROCESSABLE);
    }

    @Test
    void report_ofAnUnknownFramework_isRefused() {
        JsonObject problem = checkProblem(order(wish("sox", "2026-01-01", "2026-01-02")), ProblemCode.UNPROCESSABLE);
        assertThat(problem.getString("detail")).contains("gdpr, hipaa").doesNotContain("sox");
        JsonObject none = wish("gdpr", "2026-01-01", "2026-01-02").put("frameworks", new JsonArray());
        checkProblem(order(none), ProblemCode.MALFORMED);
        checkProblem(order(none.put("frameworks", JsonArray.of("gdpr", "gdpr"))), ProblemCode.MALFORMED);
        checkProblem(order(none.put("frameworks", JsonArray.of("gdpr")).put("surprise", 1)), ProblemCode.MALFORMED);
    }

    @Test
    void report_ofAnotherTenant_isThePlatformsAuditorsAlone() {
        JsonObject wish = wish("gdpr", "2026-01-01", "2026-01-02").put("tenant", tenant.value());
        TenantId other = running.tenant("unreported");
        checkProblem(calls.post(REPORTS, running.key(other, Role.AUDITOR), wish.encode()), ProblemCode.NOT_FOUND);
        JsonObject ordered = json(
                checkStatus(calls.post(REPORTS, running.key(TenantId.PLATFORM, Role.AUDITOR), wish.encode()), 202));
        assertThat(ordered.getString("tenant")).isEqualTo(tenant.value());
        checkStatus(calls.get(REPORTS + "/" + ordered.getString("id"), auditor), 200);
    }

    @Test
    void report_thatIsNotMadeYetOrCouldNotBe_isAConflict() throws Exception {
        String location = header(order(wish("gdpr", "2026-01-01", "2026-01-02")), "Location");
        finished(location);
        store(location, "pending", null);
        checkProblem(calls.get(location + "/report.json", auditor), ProblemCode.REPORT_PENDING);
        store(location, "failed", "it could not be made");
        JsonObject failed = checkProblem(calls.get(location + "/report.html", auditor), ProblemCode.REPORT_FAILED);
        assertThat(failed.getString("detail")).isEqualTo("it could not be made");
        assertThat(json(calls.get(location, auditor)).getString("failure")).isEqualTo("it could not be made");
    }

    /** Behind the product's back: neither state lasts long enough by itself to be seen. */
    private void store(String location, String state, @Nullable String failure) throws SQLException {
        try (Connection superuser = running.database().superuser();
                PreparedStatement update =
                        superuser.prepareStatement("UPDATE reports SET state = ?, failure = ? WHERE id = ?")) {
            update.setString(1, state);
            update.setString(2, failure);
            update.setString(3, location.substring(location.lastIndexOf('/') + 1));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
