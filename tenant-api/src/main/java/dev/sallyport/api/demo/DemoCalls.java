package dev.sallyport.api.demo;

import java.util.List;

/**
 * The calls that the demo prints. They are the same at every start on the same port, and none depends on another, on
 * the hour, or on how often it ran.
 */
public final class DemoCalls {
    /** A three, as the demo's own fonts draw it: eight rows of eight greys. */
    static final String THREE = """
            0,0,0.2,0.7,0.8,0.3,0,0, 0,0.1,0.9,0.2,0.1,0.9,0.2,0, 0,0.1,0.1,0,0,0.8,0.2,0, 0,0,0,0.4,0.5,0.5,0,0, \
            0,0,0,0.2,0.3,0.9,0.1,0, 0,0.1,0.3,0,0,0.8,0.3,0, 0,0.3,0.8,0.1,0.3,0.9,0.1,0, 0,0,0.3,0.5,0.5,0.2,0,0""";

    /** An applicant who is approved beyond doubt: the values of {@link CreditScore#COLUMNS}. */
    static final String SOUND_APPLICANT = "58,0.22,9,0,0.2,10";

    /** An applicant whom the model would decline, without being sure. */
    static final String DOUBTFUL_APPLICANT = "28,0.48,2,1,0.7,15";

    private final String url;
    private final DemoAccess access;

    /**
     * Prepares the calls.
     *
     * @param url where the server answers, without a slash at the end
     * @param access the keys that stand in the calls
     */
    public DemoCalls(String url, DemoAccess access) {
        this.url = url;
        this.access = access;
    }

    /**
     * The calls, in the order in which they explain the product best.
     *
     * @return names are distinct
     */
    public List<DemoCall> all() {
        return List.of(
                simple(),
                readmission(),
                redacted(),
                denied(),
                purpose(),
                reduced(),
                withheld(),
                overBudget(),
                record(),
                report());
    }

    private DemoCall simple() {
        String body = inputs(
                tensor("INPUT0", "INT32", "1,16", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16"),
                tensor("INPUT1", "INT32", "1,16", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1"));
        return new DemoCall(
                "allowed-with-only-a-key",
                "Allowed: sixteen sums and differences. A client that can send only a key gets this far",
                infer("simple", acme(), "", body),
                200,
                List.of("[2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]", "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]"));
    }

    private DemoCall readmission() {
        return new DemoCall(
                "allowed-for-a-purpose",
                "Allowed for a purpose: the risk that a patient is back within thirty days",
                infer("readmission-risk", acme(), "care-coordination", patient("Lives alone; follow-up call agreed.")),
                200,
                List.of("\"HIGH\"", "\"disclosure\":\"full\""));
    }

    private DemoCall redacted() {
        String body = patient("Daughter: mia@example.org. MRN 00482913.");
        return new DemoCall(
                "redacted",
                "Redacted: the address and the record number in the note never reach the model; the record says what "
                        + "was found, never the values",
                recordOf("readmission-risk", acme(), body) + readRecord(),
                200,
                List.of("\"redact\"", "\"EMAIL\"", "\"MRN\""));
    }

    private DemoCall denied() {
        return new DemoCall(
                "denied-by-policy",
                "Denied: a social security number in the note. The reason names the policy, its line and the control",
                infer("readmission-risk", acme(), "care-coordination", patient("SSN 536-22-8145")),
                403,
                List.of("SSN_IN_TEXT", "tenant/acme-clinic:", "HIPAA-164.502.b"));
    }

    private DemoCall purpose() {
        return new DemoCall(
                "denied-for-its-purpose",
                "Denied: marketing is not what these data were collected for",
                infer("credit-score", euro(), "marketing", applicants(SOUND_APPLICANT)),
                403,
                List.of("PURPOSE_NOT_ALLOWED", "credit-decision"));
    }

    private DemoCall reduced() {
        return new DemoCall(
                "reduced-answer",
                "Reduced: acme-clinic sees the three best of ten scores, rounded",
                infer("digits", acme(), "", inputs(tensor("image", "FP32", "1,64", THREE))),
                200,
                List.of("\"3\"", "\"disclosure\":\"topk:3\""));
    }

    private DemoCall withheld() {
        return new DemoCall(
                "withheld-by-condition",
                "Denied after the model ran: a condition of the policy holds back a decline that is not sure",
                infer("credit-score", euro(), "credit-decision", applicants(DOUBTFUL_APPLICANT)),
                403,
                List.of("UNSURE_DECLINE"));
    }

    private DemoCall overBudget() {
        String body = applicants(SOUND_APPLICANT, SOUND_APPLICANT, SOUND_APPLICANT, SOUND_APPLICANT);
        return new DemoCall(
                "over-budget",
                "Over budget: this key has three rows a minute, and four are asked for",
                infer(DemoTenant.TRIAL.value(), access.trial(), "credit-decision", body),
                429,
                List.of("BUDGET_EXHAUSTED", "trial-minute"));
    }

    private DemoCall record() {
        return new DemoCall(
                "record",
                "A record: an answer names its record, and the auditor reads it",
                recordOf("credit-score", euro(), applicants(SOUND_APPLICANT)) + readRecord(),
                200,
                List.of("\"permit\"", "\"credit-decision\"", "\"credit-score\""));
    }

    private DemoCall report() {
        String order = """
                now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
                report=$(curl -sS -o /dev/null -D - '{url}/audit/v1/reports' \\
                  -H 'Authorization: Bearer {auditor}' -H 'Content-Type: application/json' \\
                  -d '{"tenant":"acme-clinic","frameworks":["HIPAA"],"from":"2020-01-01T00:00:00Z","to":"'$now'"}' \\
                  | tr -d '\\r' | awk 'tolower($1) == "location:" {print $2}')
                for second in 1 2 3 4 5 6 7 8 9 10; do
                  curl -sS "{url}$report" -H 'Authorization: Bearer {auditor}' | grep -q '"state":"finished"' && break
                  sleep 1
                done
                curl -sS -w '\\nHTTP %{http_code}\\n' "{url}$report/report.json" \\
                  -H 'Authorization: Bearer {auditor}'
                """;
        return new DemoCall(
                "report",
                "A report: the auditor has one made of what was decided for acme-clinic, and reads it",
                filled(order),
                200,
                List.of("\"acme-clinic\"", "HIPAA-164.312.b"));
    }

    private String acme() {
        return access.tenants().get(0).key();
    }

    private String euro() {
        return access.tenants().get(1).key();
    }

    /** A call whose answer is shown; an empty purpose leaves it to the key. */
    private String infer(String model, String key, String purpose, String body) {
        String header = purpose.isEmpty() ? "" : "  -H 'Sallyport-Purpose: " + purpose + "' \\\n";
        return "curl -sS -w '\\nHTTP %{http_code}\\n' '" + url + "/v2/models/" + model + "/infer' \\\n"
                + "  -H 'Authorization: Bearer " + key + "' -H 'Content-Type: application/json' \\\n" + header
                + "  -d '" + body + "'\n";
    }

    /** A call of whose answer only the record's id is kept, in {@code $record}. */
    private String recordOf(String model, String key, String body) {
        return "record=$(curl -sS -o /dev/null -D - '" + url + "/v2/models/" + model + "/infer' \\\n"
                + "  -H 'Authorization: Bearer " + key + "' -H 'Content-Type: application/json' \\\n"
                + "  -d '" + body + "' \\\n"
                + "  | tr -d '\\r' | awk 'tolower($1) == \"sallyport-record:\" {print $2}')\n";
    }

    private String readRecord() {
        return filled("""
                curl -sS -w '\\nHTTP %{http_code}\\n' "{url}/audit/v1/records/$record" \\
                  -H 'Authorization: Bearer {auditor}'
                """);
    }

    private String filled(String shell) {
        return shell.replace("{url}", url).replace("{auditor}", access.auditor());
    }

    private static String patient(String note) {
        return inputs(
                tensor("age_band", "FP32", "1", "7"),
                tensor("los_days", "FP32", "1", "9"),
                tensor("dx_group", "FP32", "1", "3"),
                tensor("prior_admits", "FP32", "1", "2"),
                tensor("free_text", "BYTES", "1", "\"" + note + "\""));
    }

    private static String applicants(String... rows) {
        return inputs(tensor(
                CreditScore.INPUT, "FP32", rows.length + "," + CreditScore.COLUMNS.size(), String.join(", ", rows)));
    }

    private static String inputs(String... tensors) {
        return "{\"inputs\":[" + String.join(",\n    ", tensors) + "]}";
    }

    private static String tensor(String name, String datatype, String shape, String data) {
        return "{\"name\":\"" + name + "\",\"datatype\":\"" + datatype + "\",\"shape\":[" + shape + "],\"data\":["
                + data + "]}";
    }
}
