package dev.sallyport.format;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers an {@link AuditRecord}; what is never set stays absent. Not thread-safe. */
public final class RecordBuilder {
    private final String id;
    private final String tenant;
    private final RecordKind kind;
    private final String node;
    private final long generation;
    private final Principal principal;
    private final String action;
    private long at;
    private RetentionClass retention = RetentionClass.STANDARD;
    private @Nullable String software;
    private @Nullable String request;
    private @Nullable Effect effect;
    private @Nullable String code;
    private long count = 1;
    private @Nullable Epochs epochs;
    private @Nullable String policy;
    private @Nullable ModelRef model;
    private List<RuleRef> rules = List.of();
    private List<String> controls = List.of();
    private Facts facts = Facts.NONE;
    private List<Charge> charges = List.of();
    private List<String> subjects = List.of();
    private Map<String, String> hashed = Map.of();
    private @Nullable Act act;
    private List<String> refers = List.of();
    private @Nullable String payload;

    /**
     * Begins a record.
     *
     * @param kind what the record tells of
     * @param id the record's id, a ULID
     * @param tenant the tenant whose record it is
     * @param at when it was decided or happened; cut to the microsecond
     * @param node the node that writes it
     * @param generation the node's generation
     * @param principal who asked
     * @param action what was asked or done
     */
    public RecordBuilder(
            RecordKind kind,
            String id,
            String tenant,
            Instant at,
            String node,
            long generation,
            Principal principal,
            String action) {
        this.kind = kind;
        this.id = id;
        this.tenant = tenant;
        this.at = micros(at);
        this.node = node;
        this.generation = generation;
        this.principal = principal;
        this.action = action;
    }

    /** Returns an instant as records hold it: whole microseconds since the epoch. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** Sets when it was decided or happened, if not at the time given first. */
    @CanIgnoreReturnValue
    public RecordBuilder at(Instant at) {
        this.at = micros(at);
        return this;
    }

    /** Sets how long the record is kept, {@link RetentionClass#STANDARD} unless set. */
    @CanIgnoreReturnValue
    public RecordBuilder retention(RetentionClass retention) {
        this.retention = retention;
        return this;
    }

    /** Sets the version of the service that decided. */
    @CanIgnoreReturnValue
    public RecordBuilder software(@Nullable String software) {
        this.software = software;
        return this;
    }

    /** Sets the caller's or the service's id of the request. */
    @CanIgnoreReturnValue
    public RecordBuilder request(@Nullable String request) {
        this.request = request;
        return this;
    }

    /** Sets what was decided. */
    @CanIgnoreReturnValue
    public RecordBuilder effect(@Nullable Effect effect) {
        this.effect = effect;
        return this;
    }

    /** Sets the stable code of a refusal. */
    @CanIgnoreReturnValue
    public RecordBuilder code(@Nullable String code) {
        this.code = code;
        return this;
    }

    /** Sets how many equal events the record stands for. */
    @CanIgnoreReturnValue
    public RecordBuilder count(long count) {
        this.count = count;
        return this;
    }

    /** Sets the state under which it was decided. */
    @CanIgnoreReturnValue
    public RecordBuilder epochs(@Nullable Epochs epochs) {
        this.epochs = epochs;
        return this;
    }

    /** Sets the effective policy's digest. */
    @CanIgnoreReturnValue
    public RecordBuilder policy(@Nullable String policy) {
        this.policy = policy;
        return this;
    }

    /** Sets the model version. */
    @CanIgnoreReturnValue
    public RecordBuilder model(@Nullable ModelRef model) {
        this.model = model;
        return this;
    }

    /** Sets the determining rules. */
    @CanIgnoreReturnValue
    public RecordBuilder rules(List<RuleRef> rules) {
        this.rules = rules;
        return this;
    }

    /** Sets the controls served. */
    @CanIgnoreReturnValue
    public RecordBuilder controls(List<String> controls) {
        this.controls = controls;
        return this;
    }

    /** Sets the facts decided from. */
    @CanIgnoreReturnValue
    public RecordBuilder facts(Facts facts) {
        this.facts = facts;
        return this;
    }

    /** Sets what the answer used of budgets. */
    @CanIgnoreReturnValue
    public RecordBuilder charges(List<Charge> charges) {
        this.charges = charges;
        return this;
    }

    /** Sets the pseudonym of each row's subject. */
    @CanIgnoreReturnValue
    public RecordBuilder subjects(List<String> subjects) {
        this.subjects = subjects;
        return this;
    }

    /** Sets the salted hashes of guessable or personal facts. */
    @CanIgnoreReturnValue
    public RecordBuilder hashed(Map<String, String> hashed) {
        this.hashed = hashed;
        return this;
    }

    /** Sets what an act changed or an observation saw. */
    @CanIgnoreReturnValue
    public RecordBuilder act(@Nullable Act act) {
        this.act = act;
        return this;
    }

    /** Sets the ids of the records it refers to. */
    @CanIgnoreReturnValue
    public RecordBuilder refers(List<String> refers) {
        this.refers = refers;
        return this;
    }

    /** Sets the SHA-256 of the sealed payload. */
    @CanIgnoreReturnValue
    public RecordBuilder payload(@Nullable String payload) {
        this.payload = payload;
        return this;
    }

    /**
     * Returns the record.
     *
     * @throws IllegalArgumentException if the parts do not make a record of version 1
     */
    public AuditRecord build() {
        return new AuditRecord(
                id,
                tenant,
                kind,
                at,
                node,
                generation,
                retention,
                principal,
                action,
                software,
                request,
                effect,
                code,
                count,
                epochs,
                policy,
                model,
                rules,
                controls,
                facts,
                charges,
                subjects,
                hashed,
                act,
                refers,
                payload);
    }
}
