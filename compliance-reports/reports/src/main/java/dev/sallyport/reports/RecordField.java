package dev.sallyport.reports;

import dev.sallyport.format.Act;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.DetectionFact;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Facts;
import dev.sallyport.format.ModelRef;
import dev.sallyport.format.RuleRef;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A field of a record that evidence queries may ask about; the list is closed. Each has any number of values. */
public enum RecordField {
    /** {@code decision}, {@code act} or {@code observation}. */
    KIND("kind", r -> List.of(r.kind().code())),
    /** What was decided. */
    EFFECT("effect", r -> one(r.effect(), Effect::code)),
    /** The stable code of a refusal. */
    CODE("code", r -> one(r.code())),
    /** What was asked or done. */
    ACTION("action", r -> List.of(r.action())),
    /** How long the record is kept at least. */
    RETENTION("retention", r -> List.of(r.retention().code())),
    /** Which kind of principal asked. */
    PRINCIPAL_TYPE("principal.type", r -> List.of(r.principal().type().code())),
    /** The role under which it asked. */
    PRINCIPAL_ROLE("principal.role", r -> one(r.principal().role())),
    /** The model's name with its owner. */
    MODEL("model", r -> one(r.model(), model -> model.owner() + "/" + model.name())),
    /** The digest of the model's artefact. */
    MODEL_DIGEST("model.digest", r -> one(r.model(), ModelRef::digest)),
    /** The digest of the effective policy. */
    POLICY("policy", r -> one(r.policy())),
    /** The rules that decided. */
    RULE("rule", r -> r.rules().stream().map(RuleRef::id).toList()),
    /** The layers of the rules that decided. */
    RULE_LAYER(
            "rule.layer", r -> r.rules().stream().map(RuleRef::layer).distinct().toList()),
    /** The controls that the decision serves. */
    CONTROL("control", AuditRecord::controls),
    /** The declared purpose. */
    PURPOSE("purpose", fact(Facts::purpose)),
    /** The ground of GDPR Article 6(1). */
    LAWFUL_BASIS("lawfulBasis", fact(Facts::lawfulBasis)),
    /** The condition of GDPR Article 9(2). */
    ART9("art9", fact(Facts::art9)),
    /** The ground of 45 CFR 164.502(a)(1). */
    HIPAA("hipaa", fact(Facts::hipaa)),
    /** The region that processed the call. */
    REGION("region", fact(Facts::region)),
    /** The state of the subject's consent. */
    CONSENT("consent", fact(Facts::consent)),
    /** The state of the subject's restriction. */
    RESTRICTION("restriction", fact(Facts::restriction)),
    /** The state of the subject's objection. */
    OBJECTION("objection", fact(Facts::objection)),
    /** How much of the output was shown. */
    DISCLOSURE("disclosure", fact(Facts::disclosure)),
    /** The names of the fields that came. */
    FIELD("field", r -> r.facts().fields()),
    /** The fields that came and did not reach the model. */
    DROPPED("dropped", r -> r.facts().dropped()),
    /** The facts that rules asked for and nobody could tell. */
    MISSING("missing", r -> r.facts().missing()),
    /** The types of personal data found. */
    DETECTION_TYPE("detection.type", r -> detections(r, DetectionFact::type)),
    /** What was done with personal data found. */
    DETECTION_ACTION("detection.action", r -> detections(r, DetectionFact::action)),
    /** The thing acted on. */
    ACT_OBJECT("act.object", r -> one(r.act(), Act::object));

    private final String code;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Function<AuditRecord, List<String>> reader;

    RecordField(String code, Function<AuditRecord, List<String>> reader) {
        this.code = code;
        this.reader = reader;
    }

    /** The name in queries. */
    public String code() {
        return code;
    }

    /**
     * The field's values in a record.
     *
     * @param auditRecord the record
     * @return the values without repetition; empty when it has none
     */
    public List<String> values(AuditRecord auditRecord) {
        return reader.apply(auditRecord);
    }

    /** The field of a name. */
    static Optional<RecordField> named(String code) {
        for (RecordField field : values()) {
            if (field.code.equals(code)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    private static Function<AuditRecord, List<String>> fact(Function<Facts, @Nullable String> fact) {
        return r -> one(fact.apply(r.facts()));
    }

    private static List<String> one(@Nullable String value) {
        return value == null || value.isEmpty() ? List.of() : List.of(value);
    }

    private static <T> List<String> one(@Nullable T value, Function<T, String> name) {
        return value == null ? List.of() : List.of(name.apply(value));
    }

    private static List<String> detections(AuditRecord auditRecord, Function<DetectionFact, String> name) {
        return auditRecord.facts().detections().stream().map(name).distinct().toList();
    }
}
