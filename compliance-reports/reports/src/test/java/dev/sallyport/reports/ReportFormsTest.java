package dev.sallyport.reports;

import static dev.sallyport.reports.RecordedLedger.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.JsonValue.JArray;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.policy.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The JSON and the page of a report. */
class ReportFormsTest {
    @Test
    void json_madeAgain_isTheSameBytes() {
        assertThat(ReportJson.write(generate())).isEqualTo(ReportJson.write(generate()));
        assertThat(ReportHtml.render(generate())).isEqualTo(ReportHtml.render(generate()));
    }

    @Test
    void json_isCanonicalAndSaysWhatWasAskedAndFound() {
        JObject json = (JObject) CanonicalJson.parseCanonical(ReportJson.write(generate()));
        assertThat(json.get("tenant")).isEqualTo(new JString("acme-clinic"));
        assertThat(json.get("from")).isEqualTo(new JString("2026-11-01T00:00:00Z"));
        assertThat(json.get("to")).isEqualTo(new JString("2026-12-01T00:00:00Z"));
        assertThat(((JString) member(json, "generator")).value()).matches("\\d+\\.\\d+.*");
        assertThat(((JString) member(json, "catalogue")).value()).matches("[0-9a-f]{64}");
        assertThat(((JString) member(json, "assurance")).value()).startsWith("The log is not signed");
        JObject totals = (JObject) member(json, "totals");
        assertThat(totals.get("decisions")).isEqualTo(new JInt(9));
        JArray controls = (JArray) member(json, "controls");
        assertThat(controls.elements())
                .hasSize(Frameworks.of("gdpr").controls().size()
                        + Frameworks.of("hipaa").controls().size());
    }

    @Test
    void report_neverSaysMoreThanWhatWasTested() {
        Report report = generate();
        for (String form :
                new String[] {new String(ReportJson.write(report), StandardCharsets.UTF_8), ReportHtml.render(report)
                }) {
            assertThat(form.toLowerCase(Locale.ROOT)).doesNotContain("compliant", "complies", "conforms", "certif");
        }
        Summary summary = report.summary();
        assertThat(ReportHtml.render(report)).contains(summary.passed() + " of " + summary.tested() + " tests passed");
        assertThat(summary.controls()).isEqualTo(report.controls().size());
    }

    @Test
    void page_escapesWhatComesFromTheLedger() {
        RecordedLedger ledger = new RecordedLedger();
        ledger.write(ledger.permit("<script>alert(1)</script>"));
        ledger.write(ledger.deny("\"><img src=x>", "a & b"));
        String page = ReportHtml.render(ReportGenerator.generate(request("gdpr"), ledger));
        assertThat(page)
                .doesNotContain("<script", "<img")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "a &amp; b");
    }

    @Test
    void page_needsNothingElse() {
        assertThat(ReportHtml.render(generate()))
                .startsWith("<!DOCTYPE html>")
                .contains("default-src 'none'")
                .doesNotContain("http://", "https://", "src=", "href=", "url(", "@import");
    }

    @Test
    void page_ofAnEmptyLedger_saysSo() {
        String page = ReportHtml.render(ReportGenerator.generate(request("hipaa"), new RecordedLedger()));
        assertThat(page).contains("0 of 0 tests passed", "No call was decided in this period.");
    }

    @Test
    void page_ofUnreadableRecords_saysSoFirst() {
        RecordedLedger ledger = new RecordedLedger();
        ledger.writeTimes(1, "care-coordination");
        ledger.spoil();
        assertThat(ReportHtml.render(ReportGenerator.generate(request("gdpr"), ledger)))
                .contains("Records that are not as they were written: 1.");
    }

    private static Object member(JObject object, String name) {
        Object value = object.get(name);
        assertThat(value).as(name).isNotNull();
        return value == null ? "" : value;
    }

    static Report generate() {
        RecordedLedger ledger = new RecordedLedger();
        ledger.write(ledger.act(RecordedLedger.ACME, "tenant.create", "tenants/acme-clinic/tenant", null, null));
        ledger.write(ledger.act(RecordedLedger.ACME, "key.issue", "tenants/acme-clinic/keys/01", null, "01"));
        ledger.write(ledger.act(TenantId.PLATFORM, "policy.publish", "tenants/platform/policy", null, "b".repeat(64)));
        ledger.write(ledger.act(
                RecordedLedger.ACME, "policy.publish", "tenants/acme-clinic/policy", null, RecordedLedger.DOCUMENT));
        ledger.writeTimes(4, "care-coordination");
        ledger.write(ledger.redacted("redact"));
        ledger.write(ledger.deny("FIELD_FORBIDDEN", "care-coordination"));
        ledger.write(ledger.deny("PURPOSE_MISSING", null).count(2));
        ledger.write(ledger.permit("care-coordination").model(null));
        return ReportGenerator.generate(request("gdpr", "hipaa"), ledger);
    }
}
