package dev.sallyport.reports;

import dev.sallyport.format.Act;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.DetectionFact;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Facts;
import dev.sallyport.format.FactsBuilder;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.ModelRef;
import dev.sallyport.format.Principal;
import dev.sallyport.format.RecordBuilder;
import dev.sallyport.format.RecordKind;
import dev.sallyport.format.RetentionClass;
import dev.sallyport.format.RuleRef;
import dev.sallyport.format.Ulid;
import dev.sallyport.policy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** A ledger in memory: a minute passes from one record to the next. */
final class RecordedLedger implements ReportSource {
    static final TenantId ACME = new TenantId("acme-clinic");
    static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    static final Instant TO = Instant.parse("2026-12-01T00:00:00Z");
    static final String EFFECTIVE = "e".repeat(64);
    static final String DOCUMENT = "d".repeat(64);
    static final ModelRef MODEL = new ModelRef("platform", "readmission-risk", "1.0.0", "a".repeat(64), null);

    private final List<AuditRecord> written = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final Ulid.Factory ids;
    private Instant now;

    RecordedLedger() {
        this(FROM);
    }

    RecordedLedger(Instant begin) {
        now = begin;
        ids = new Ulid.Factory(
                () -> now, RandomGeneratorFactory.of("L64X128MixRandom").create(1));
    }

    static ReportRequest request(String... frameworks) {
        return ReportRequest.of(ACME, List.of(frameworks), FROM, TO);
    }

    /** An answered call with everything that a record of one has. */
    RecordBuilder permit(String purpose) {
        return decision(
                Effect.PERMIT,
                facts(purpose)
                        .rows(4)
                        .disclosure("topk:1")
                        .fields(List.of("age_band", "los_days"))
                        .build());
    }

    RecordBuilder deny(String code, @Nullable String purpose) {
        RuleRef rule =
                new RuleRef("input.forbidden", "tenant", "acme-clinic/policy", DOCUMENT, 12, List.of("GDPR-5.1.c"));
        return decision(Effect.DENY, facts(purpose).rows(1).build()).code(code).rules(List.of(rule));
    }

    RecordBuilder redacted(String action) {
        return decision(
                Effect.PERMIT,
                facts("care-coordination")
                        .rows(1)
                        .fields(List.of("free_text"))
                        .detections(List.of(new DetectionFact("US_SSN", "free_text", action, 2)))
                        .build());
    }

    RecordBuilder act(TenantId tenant, String action, String object, @Nullable String before, @Nullable String after) {
        return actAs("tenant-admin", tenant, action, new Act(object, before, after, JObject.EMPTY));
    }

    RecordBuilder actAs(String role, TenantId tenant, String action, Act act) {
        return begin(tenant, RecordKind.ACT, action, Principal.key("key-9", role))
                .act(act)
                .retention(RetentionClass.LONG);
    }

    void write(RecordBuilder builder) {
        written.add(builder.build());
    }

    void writeTimes(int times, String purpose) {
        for (int i = 0; i < times; i++) {
            write(permit(purpose));
        }
    }

    void spoil() {
        unreadable.add(ids.next().toString());
    }

    void at(Instant instant) {
        now = instant;
    }

    private static FactsBuilder facts(@Nullable String purpose) {
        return Facts.builder()
                .purpose(purpose)
                .lawfulBasis(purpose == null ? null : "public_task")
                .art9(purpose == null ? null : "health_care")
                .hipaa(purpose == null ? null : "treatment");
    }

    private RecordBuilder decision(Effect effect, Facts facts) {
        return begin(ACME, RecordKind.DECISION, "predict", Principal.key("key-1", "caller"))
                .effect(effect)
                .policy(EFFECTIVE)
                .model(MODEL)
                .controls(List.of("GDPR-5.1.b", "HIPAA-164.312.b"))
                .facts(facts)
                .retention(RetentionClass.LONG);
    }

    private RecordBuilder begin(TenantId tenant, RecordKind kind, String action, Principal principal) {
        now = now.plus(Duration.ofMinutes(1));
        return new RecordBuilder(kind, ids.next().toString(), tenant.value(), now, "node-1", 1, principal, action);
    }

    @Override
    public void records(TenantId tenant, Instant from, Instant to, Reader reader) {
        written.stream()
                .filter(r -> r.tenant().equals(tenant.value()))
                .filter(r -> !r.instant().isBefore(from) && r.instant().isBefore(to))
                .forEach(reader::read);
        unreadable.forEach(reader::unreadable);
    }

    @Override
    public void acts(TenantId tenant, Instant to, Consumer<AuditRecord> each) {
        written.stream()
                .filter(r -> r.tenant().equals(tenant.value()))
                .filter(r -> r.kind() == RecordKind.ACT && r.instant().isBefore(to))
                .forEach(each);
    }
}
