package dev.sallyport.format;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.sallyport.format.JsonValue.JObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Gathers {@link Facts}; what is never set stays absent. Not thread-safe. */
public final class FactsBuilder {
    private @Nullable String art9;
    private List<BudgetFact> budgets = List.of();
    private OptionalLong bytes = OptionalLong.empty();
    private @Nullable String consent;
    private List<DetectionFact> detections = List.of();
    private @Nullable String disclosure;
    private List<String> dropped = List.of();
    private OptionalLong due = OptionalLong.empty();
    private List<String> fields = List.of();
    private @Nullable String hipaa;
    private @Nullable String lawfulBasis;
    private List<String> missing = List.of();
    private @Nullable String objection;
    private JObject other = JObject.EMPTY;
    private Map<String, Map<String, Long>> output = Map.of();
    private @Nullable String purpose;
    private @Nullable String region;
    private @Nullable String restriction;
    private OptionalLong rows = OptionalLong.empty();

    FactsBuilder() {}

    /** Sets the condition of GDPR Article 9(2). */
    @CanIgnoreReturnValue
    public FactsBuilder art9(@Nullable String art9) {
        this.art9 = art9;
        return this;
    }

    /** Sets the budgets asked, with what remained. */
    @CanIgnoreReturnValue
    public FactsBuilder budgets(List<BudgetFact> budgets) {
        this.budgets = budgets;
        return this;
    }

    /** Sets the size of the body in bytes. */
    @CanIgnoreReturnValue
    public FactsBuilder bytes(long bytes) {
        this.bytes = OptionalLong.of(bytes);
        return this;
    }

    /** Sets the state of the subject's consent. */
    @CanIgnoreReturnValue
    public FactsBuilder consent(@Nullable String consent) {
        this.consent = consent;
        return this;
    }

    /** Sets what the detectors found. */
    @CanIgnoreReturnValue
    public FactsBuilder detections(List<DetectionFact> detections) {
        this.detections = detections;
        return this;
    }

    /** Sets how much of the output was shown. */
    @CanIgnoreReturnValue
    public FactsBuilder disclosure(@Nullable String disclosure) {
        this.disclosure = disclosure;
        return this;
    }

    /** Sets the fields that did not reach the model. */
    @CanIgnoreReturnValue
    public FactsBuilder dropped(List<String> dropped) {
        this.dropped = dropped;
        return this;
    }

    /** Sets the end of a held call's deadline, µs since the epoch. */
    @CanIgnoreReturnValue
    public FactsBuilder due(long due) {
        this.due = OptionalLong.of(due);
        return this;
    }

    /** Sets the names of the fields that came. */
    @CanIgnoreReturnValue
    public FactsBuilder fields(List<String> fields) {
        this.fields = fields;
        return this;
    }

    /** Sets the HIPAA purpose. */
    @CanIgnoreReturnValue
    public FactsBuilder hipaa(@Nullable String hipaa) {
        this.hipaa = hipaa;
        return this;
    }

    /** Sets the lawful basis. */
    @CanIgnoreReturnValue
    public FactsBuilder lawfulBasis(@Nullable String lawfulBasis) {
        this.lawfulBasis = lawfulBasis;
        return this;
    }

    /** Sets the facts that were asked for and not known. */
    @CanIgnoreReturnValue
    public FactsBuilder missing(List<String> missing) {
        this.missing = missing;
        return this;
    }

    /** Sets the state of the subject's objection. */
    @CanIgnoreReturnValue
    public FactsBuilder objection(@Nullable String objection) {
        this.objection = objection;
        return this;
    }

    /** Sets facts of later releases. */
    @CanIgnoreReturnValue
    public FactsBuilder other(JObject other) {
        this.other = other;
        return this;
    }

    /** Sets bands of the shaped output. */
    @CanIgnoreReturnValue
    public FactsBuilder output(Map<String, Map<String, Long>> output) {
        this.output = output;
        return this;
    }

    /** Sets the purpose. */
    @CanIgnoreReturnValue
    public FactsBuilder purpose(@Nullable String purpose) {
        this.purpose = purpose;
        return this;
    }

    /** Sets the region. */
    @CanIgnoreReturnValue
    public FactsBuilder region(@Nullable String region) {
        this.region = region;
        return this;
    }

    /** Sets the state of the subject's restriction. */
    @CanIgnoreReturnValue
    public FactsBuilder restriction(@Nullable String restriction) {
        this.restriction = restriction;
        return this;
    }

    /** Sets the number of rows asked. */
    @CanIgnoreReturnValue
    public FactsBuilder rows(long rows) {
        this.rows = OptionalLong.of(rows);
        return this;
    }

    /** Returns the facts. */
    public Facts build() {
        return new Facts(
                art9,
                budgets,
                bytes,
                consent,
                detections,
                disclosure,
                dropped,
                due,
                fields,
                hipaa,
                lawfulBasis,
                missing,
                objection,
                other,
                output,
                purpose,
                region,
                restriction,
                rows);
    }
}
