package dev.sallyport.reports;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import dev.sallyport.format.RecordKind;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/** Counts a period's records by everything a report tells them apart by. */
final class DecisionTally {
    private final UsageTally<String> codes = new UsageTally<>(Comparator.naturalOrder());
    private final UsageTally<String> purposes = new UsageTally<>(Comparator.naturalOrder());
    private final UsageTally<String> controls = new UsageTally<>(Comparator.naturalOrder());
    private final UsageTally<String> policies = new UsageTally<>(Comparator.naturalOrder());
    private final UsageTally<String> effects = new UsageTally<>(Comparator.naturalOrder());
    private final UsageTally<RuleKey> rules = new UsageTally<>(RuleKey.ORDER);
    private final UsageTally<DocumentKey> documents = new UsageTally<>(DocumentKey.ORDER);
    private final UsageTally<ModelKey> models = new UsageTally<>(ModelKey.ORDER);
    private long records;
    private long decided;
    private long acts;
    private long observations;
    private long rowsAnswered;
    private long unreadable;

    /** What was decided, as records name it; empty for a record that is no decision. */
    static String effect(AuditRecord decision) {
        Effect effect = decision.effect();
        return effect == null ? "" : effect.code();
    }

    void add(AuditRecord auditRecord) {
        records++;
        switch (auditRecord.kind()) {
            case DECISION -> addDecision(auditRecord);
            case ACT -> acts += auditRecord.count();
            case OBSERVATION -> observations += auditRecord.count();
        }
    }

    private void addDecision(AuditRecord decision) {
        decided += decision.count();
        if (decision.effect() == Effect.PERMIT || decision.effect() == Effect.RELEASE) {
            rowsAnswered += decision.count() * decision.facts().rows().orElse(0);
        }
        effects.add(effect(decision), decision);
        String purpose = decision.facts().purpose();
        purposes.add(purpose == null ? "" : purpose, decision);
        if (decision.code() != null) {
            codes.add(decision.code(), decision);
        }
        if (decision.policy() != null) {
            policies.add(decision.policy(), decision);
        }
        if (decision.model() != null) {
            var model = decision.model();
            models.add(new ModelKey(model.owner(), model.name(), model.version(), model.digest()), decision);
        }
        addRules(decision);
    }

    /** Counts a decision once for each rule, document and control, however often they stand in it. */
    private void addRules(AuditRecord decision) {
        Set<RuleKey> ruleKeys = new HashSet<>();
        Set<DocumentKey> documentKeys = new HashSet<>();
        Set<String> controlIds = new HashSet<>(decision.controls());
        decision.rules().forEach(rule -> {
            ruleKeys.add(new RuleKey(rule.id(), rule.layer(), rule.document(), rule.digest(), rule.line()));
            documentKeys.add(new DocumentKey(rule.layer(), rule.document(), rule.digest()));
            controlIds.addAll(rule.controls());
        });
        // In order, so that a full table keeps the same keys each time.
        ruleKeys.stream().sorted(RuleKey.ORDER).forEach(key -> rules.add(key, decision));
        documentKeys.stream().sorted(DocumentKey.ORDER).forEach(key -> documents.add(key, decision));
        controlIds.stream().sorted().forEach(id -> controls.add(id, decision));
    }

    void addUnreadable() {
        unreadable++;
    }

    Totals totals() {
        return new Totals(records, decided, acts, observations, rowsAnswered, unreadable);
    }

    Decisions decisions() {
        return new Decisions(effects.usages(), codes.usages(), rules.usages(), purposes.usages(), controls.usages());
    }

    Scope scope() {
        return new Scope(models.usages(), documents.usages(), policies.usages());
    }

    static boolean isDecision(AuditRecord auditRecord) {
        return auditRecord.kind() == RecordKind.DECISION;
    }
}
