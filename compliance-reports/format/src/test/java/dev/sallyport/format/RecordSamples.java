package dev.sallyport.format;

import dev.sallyport.format.JsonValue.JArray;
import dev.sallyport.format.JsonValue.JBool;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ten records of the vectors, as typed facts. */
final class RecordSamples {
    private static final Instant AT = Instant.parse("2026-11-23T09:30:00.123456Z");
    private static final Principal KEY = Principal.key("01K9ZA0000KEY0000000000001", "caller");
    private static final String POLICY = Sha256.hex(new byte[] {1});
    private static final String DOCUMENT = Sha256.hex(new byte[] {2});
    private static final ModelRef MODEL =
            new ModelRef("platform", "credit-score", "1.2", Sha256.hex(new byte[] {3}), null);
    private static final RuleRef FORBIDDEN =
            new RuleRef("input.forbidden", "pack", "pack/gdpr", DOCUMENT, 27, List.of("GDPR-5.1.c", "GDPR-9.2"));

    private RecordSamples() {}

    private static RecordBuilder begin(RecordKind kind, int number, String tenant, Principal principal, String action) {
        String id = new Ulid((AT.toEpochMilli() << 16) | 0x1234, 0x5678_9ABC_DEF0_0000L + number).toString();
        return new RecordBuilder(kind, id, tenant, AT, "node-1", 4, principal, action);
    }

    private static RecordBuilder decision(int number, Effect effect) {
        return begin(RecordKind.DECISION, number, "euro-credit", KEY, "predict")
                .effect(effect)
                .epochs(new Epochs(3, 17))
                .policy(POLICY)
                .model(MODEL)
                .software("0.1.0")
                .request("req-" + number);
    }

    static Map<String, AuditRecord> all() {
        var all = new LinkedHashMap<String, AuditRecord>();
        all.put(
                "01-permit-least",
                begin(RecordKind.DECISION, 1, "acme-clinic", KEY, "predict")
                        .effect(Effect.PERMIT)
                        .build());
        all.put("02-permit-whole", permit());
        all.put("03-deny-field", deny());
        all.put(
                "04-hold",
                decision(4, Effect.HOLD)
                        .code("HELD")
                        .facts(Facts.builder()
                                .due(1_795_512_600_000_000L)
                                .purpose("credit-decision")
                                .rows(1)
                                .build())
                        .build());
        all.put(
                "05-gap",
                decision(5, Effect.GAP)
                        .code("POLICY_GAP")
                        .facts(Facts.builder()
                                .missing(List.of("region", "subject.age"))
                                .rows(2)
                                .build())
                        .build());
        all.put(
                "06-refused-without-key",
                begin(RecordKind.DECISION, 6, "platform", Principal.address("203.0.113.0/24"), "predict")
                        .effect(Effect.DENY)
                        .code("KEY_UNKNOWN")
                        .count(417)
                        .retention(RetentionClass.SHORT)
                        .build());
        all.put("07-act", act());
        all.put("08-observation", observation());
        all.put(
                "09-text",
                decision(9, Effect.PERMIT)
                        .request("\u0001\b\t\n\f\r\"\\/\u007f é € 𝄞 <&>")
                        .facts(Facts.builder()
                                .fields(List.of("größe", "年齢", "z"))
                                .output(Map.of(
                                        "é",
                                        Map.of("0.1", 1L, "0.05", 2L),
                                        "e",
                                        Map.of("1", 1L),
                                        "𝄞",
                                        Map.of("1", 1L),
                                        "\uffee",
                                        Map.of("1", 1L)))
                                .build())
                        .build());
        all.put("10-release-by-a-person", release());
        return all;
    }

    private static AuditRecord permit() {
        return decision(2, Effect.PERMIT)
                .retention(RetentionClass.LONG)
                .rules(List.of(new RuleRef("purposes", "tenant", "euro-credit", DOCUMENT, 8, List.of("GDPR-5.1.b"))))
                .controls(List.of("GDPR-5.1.b", "GDPR-5.1.c", "GDPR-30"))
                .charges(List.of(
                        Charge.of(
                                "tenant=euro-credit key=k window=P1D kind=calendar zone=UTC",
                                1_795_392_000_000_000L,
                                2),
                        Charge.of("tenant=euro-credit window=P1M kind=calendar zone=UTC", 1_793_491_200_000_000L, 2)))
                .subjects(List.of(Sha256.hex(new byte[] {4}), Sha256.hex(new byte[] {5})))
                .facts(Facts.builder()
                        .art9("explicit_consent")
                        .budgets(List.of(new BudgetFact("key-day", 4_998), new BudgetFact("tenant-month", 999_998)))
                        .bytes(483)
                        .consent("given")
                        .detections(List.of(new DetectionFact("EMAIL", "free_text", "redact", 2)))
                        .disclosure("topk:3")
                        .dropped(List.of("postcode"))
                        .fields(List.of("income", "debt", "free_text", "postcode"))
                        .hipaa("operations")
                        .lawfulBasis("contract")
                        .objection("none")
                        .other(JObject.of(Map.of("guard", new JString("passed"))))
                        .output(Map.of("confidence", Map.of("80-90", 1L, "90-100", 1L)))
                        .purpose("credit-decision")
                        .region("eu-central-1")
                        .restriction("none")
                        .rows(2)
                        .build())
                .build();
    }

    private static AuditRecord deny() {
        return decision(3, Effect.DENY)
                .code("FIELD_FORBIDDEN")
                .rules(List.of(FORBIDDEN))
                .controls(FORBIDDEN.controls())
                .facts(Facts.builder()
                        .fields(List.of("income", "ssn"))
                        .purpose("credit-decision")
                        .rows(1)
                        .build())
                .build();
    }

    private static AuditRecord act() {
        Principal admin = new Principal(
                Principal.Type.KEY, "01K9ZA0000KEY0000000000009", "tenant-admin", List.of("policy-editors"));
        var details = Map.of(
                "layer", new JString("tenant"),
                "version", new JInt(14),
                "tightens", new JBool(true),
                "controls", JArray.ofStrings(List.of("GDPR-5.1.b")));
        return begin(RecordKind.ACT, 7, "euro-credit", admin, "policy.publish")
                .retention(RetentionClass.LONG)
                .act(new Act("tenants/euro-credit/policy", POLICY, DOCUMENT, JObject.of(details)))
                .build();
    }

    private static AuditRecord observation() {
        return begin(RecordKind.OBSERVATION, 8, "platform", Principal.system("janitor"), "retention.purge")
                .retention(RetentionClass.LONG)
                .act(new Act("records/short", null, null, JObject.of(Map.of("rows", new JInt(0)))))
                .build();
    }

    private static AuditRecord release() {
        return begin(
                        RecordKind.DECISION,
                        10,
                        "acme-clinic",
                        Principal.key("01K9ZA0000KEY0000000000010", "reviewer"),
                        "review")
                .effect(Effect.RELEASE)
                .refers(List.of("01KARBS9G018T5CY4TQKFF0001"))
                .charges(List.of(new Charge(
                        "tenant=acme-clinic window=P1D kind=calendar zone=UTC", 1_795_392_000_000_000L, 1, "release")))
                .hashed(Map.of(
                        "subject.age", SaltedHash.of(new byte[16], "subject.age", "42"),
                        "reason", SaltedHash.of(new byte[16], "reason", "seen by a clinician")))
                .payload(Sha256.hex(new byte[] {6}))
                .build();
    }

    /** The same record as loosely written JSON: members in reverse order, and spaces, as a person might hand it in. */
    static String loose(JsonValue value) {
        return switch (value) {
            case JObject object ->
                object.members().entrySet().stream()
                        .map(e -> loose(new JString(e.getKey())) + " : " + loose(e.getValue()))
                        .reduce((a, b) -> b + ",\n " + a)
                        .map(all -> "{ " + all + " }")
                        .orElse("{}");
            case JArray array ->
                array.elements().stream()
                        .map(RecordSamples::loose)
                        .reduce((a, b) -> a + ", " + b)
                        .map(all -> "[ " + all + " ]")
                        .orElse("[]");
            case JString(String text) -> new String(CanonicalJson.write(new JString(text)), StandardCharsets.UTF_8);
            case JInt(long number) -> Long.toString(number);
            case JBool(boolean truth) -> Boolean.toString(truth);
        };
    }
}
