package dev.sallyport.api.gateway;

import dev.sallyport.api.gateway.Stages.Admitted;
import dev.sallyport.api.gateway.Stages.Asked;
import dev.sallyport.api.gateway.Stages.Inspected;
import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.DetectionFact;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Epochs;
import dev.sallyport.format.Facts;
import dev.sallyport.format.FactsBuilder;
import dev.sallyport.format.ModelRef;
import dev.sallyport.format.Principal;
import dev.sallyport.format.RecordBuilder;
import dev.sallyport.format.RuleRef;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.OutputFacts;
import dev.sallyport.ledger.GroupKey;
import dev.sallyport.ledger.RecordMint;
import dev.sallyport.policy.AdmitFacts;
import dev.sallyport.policy.Decision;
import dev.sallyport.policy.Detection;
import dev.sallyport.policy.EffectivePolicy;
import dev.sallyport.policy.Inspection;
import dev.sallyport.policy.Layer;
import dev.sallyport.policy.PurposeRule;
import dev.sallyport.policy.Rule;
import dev.sallyport.policy.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the records of calls from what became known of them. */
final class DecisionRecords {
    private final RecordMint mint;
    private final @Nullable String region;

    /** @param region where this node processes; null where nobody said */
    DecisionRecords(RecordMint mint, @Nullable String region) {
        this.mint = mint;
        this.region = region;
    }

    /**
     * What a decision was made from, as far as the call came.
     *
     * @param epochs the oldest state that anything was read under
     * @param policy digest of the policy
     * @param effective the policy; null where its documents contradict each other
     * @param purpose the purpose as the policy knows it; null where it is not permitted
     * @param inspected null where the content was not permitted
     * @param detections what was found in the content
     * @param dropped fields taken away
     * @param output facts of the shaped output; null where the model did not run
     */
    record Made(
            Asked asked,
            StateEpochs epochs,
            String policy,
            @Nullable EffectivePolicy effective,
            @Nullable PurposeRule purpose,
            @Nullable Inspected inspected,
            List<Detection> detections,
            Set<String> dropped,
            @Nullable OutputFacts output) {

        static Made contradicted(Asked asked, StateEpochs epochs, String digest) {
            return new Made(asked, epochs, digest, null, null, null, List.of(), Set.of(), null);
        }

        static Made at(Admitted admitted) {
            return new Made(
                    admitted.asked(),
                    admitted.governed().epochs(),
                    admitted.governed().policy().digest(),
                    admitted.governed().policy(),
                    admitted.admission().purpose(),
                    null,
                    List.of(),
                    Set.of(),
                    null);
        }

        Made with(Inspection inspection) {
            return new Made(
                    asked,
                    epochs,
                    policy,
                    effective,
                    purpose,
                    inspected,
                    inspection.detections(),
                    inspection.dropped(),
                    null);
        }

        Made with(Inspected passed, @Nullable OutputFacts facts) {
            return new Made(
                    asked,
                    epochs,
                    policy,
                    effective,
                    purpose,
                    passed,
                    passed.inspection().detections(),
                    passed.inspection().dropped(),
                    facts);
        }
    }

    /** The record of an answer: its rules are all that permitted it. */
    AuditRecord permit(Made made, Inspected passed, Decision release) {
        Set<Rule> rules =
                new LinkedHashSet<>(passed.admitted().admission().decision().determining());
        rules.addAll(passed.inspection().decision().determining());
        rules.addAll(release.determining());
        RecordBuilder record = begin(made, Effect.PERMIT, rules, release.missingFacts());
        if (passed.reserved().reservation() != null) {
            record.charges(passed.reserved().reservation().charges());
        }
        return record.build();
    }

    /** The record of a refusal, or of a call that is held. */
    AuditRecord refuse(Made made, Effect effect, String code, Decision decision) {
        return begin(made, effect, decision.determining(), decision.missingFacts())
                .code(code)
                .build();
    }

    private RecordBuilder begin(Made made, Effect effect, Collection<Rule> rules, List<String> missing) {
        Asked asked = made.asked();
        Caller caller = asked.addressed().caller();
        return mint.decision(asked.record(), caller.tenant(), principal(caller), AdmitFacts.PREDICT, effect)
                .request(asked.call().correlation().request())
                .epochs(new Epochs(made.epochs().platform(), made.epochs().tenant()))
                .policy(made.policy())
                .model(model(asked.addressed().model()))
                .rules(refs(rules))
                .controls(controls(rules))
                .subjects(asked.pseudonyms())
                .facts(facts(made, missing));
    }

    private Facts facts(Made made, List<String> missing) {
        Asked asked = made.asked();
        SentFields sent = sent(made);
        FactsBuilder facts = Facts.builder()
                .rows(asked.request().rows())
                .bytes(asked.bytes())
                .purpose(purpose(made))
                .region(region)
                .missing(missing)
                .fields(sent.names().stream().map(sent::recorded).toList())
                .detections(made.detections().stream()
                        .map(found -> detection(found, sent))
                        .toList())
                .dropped(made.dropped().stream().map(sent::recorded).sorted().toList());
        PurposeRule purpose = made.purpose();
        if (purpose != null) {
            facts.lawfulBasis(purpose.lawfulBasis()).art9(purpose.art9()).hipaa(purpose.hipaa());
        }
        Inspected inspected = made.inspected();
        if (inspected != null && inspected.reserved().reservation() != null) {
            facts.budgets(inspected.reserved().reservation().remaining());
        }
        OutputFacts output = made.output();
        if (output != null) {
            facts.disclosure(output.tier()).output(bands(output));
        }
        return facts.build();
    }

    /** The purpose that was declared, if the policy speaks of it; any other word could be anything. */
    private static @Nullable String purpose(Made made) {
        String declared = made.asked().declared().purpose();
        EffectivePolicy policy = made.effective();
        return declared == null || (policy != null && policy.namesPurpose(declared)) ? declared : SentFields.UNDECLARED;
    }

    private static SentFields sent(Made made) {
        if (made.inspected() != null) {
            return made.inspected().fields();
        }
        EffectivePolicy policy = made.effective();
        return new SentFields(
                made.asked().request(),
                made.asked().addressed().model().manifest().signature(),
                name -> policy != null && policy.namesField(name));
    }

    private static Map<String, Map<String, Long>> bands(OutputFacts output) {
        if (output.confidence().isEmpty()) {
            return Map.of();
        }
        Map<String, Long> bands = new LinkedHashMap<>();
        output.confidence().forEach(band -> bands.put(band.from() + "-" + band.to(), (long) band.rows()));
        return Map.of("confidence", bands);
    }

    private static DetectionFact detection(Detection detection, SentFields sent) {
        return new DetectionFact(
                detection.type().name(),
                sent.recorded(detection.field()),
                detection.action().name().toLowerCase(Locale.ROOT),
                detection.count());
    }

    static ModelRef model(GrantedModel model) {
        ModelManifest manifest = model.manifest();
        String name = manifest.name().value();
        String alias = model.alias().value();
        return new ModelRef(
                manifest.owner().value(),
                name,
                manifest.version().value(),
                manifest.digest(),
                alias.equals(name) ? null : alias);
    }

    static Principal principal(Caller caller) {
        return Principal.key(caller.keyId(), caller.role().wireName());
    }

    static List<RuleRef> refs(Collection<Rule> rules) {
        List<RuleRef> refs = new ArrayList<>(rules.size());
        for (Rule rule : rules) {
            refs.add(new RuleRef(
                    rule.id(), layer(rule.layer()), rule.document(), rule.digest(), rule.line(), rule.controls()));
        }
        return refs;
    }

    private static String layer(Layer layer) {
        return layer.name().toLowerCase(Locale.ROOT);
    }

    static List<String> controls(Collection<Rule> rules) {
        Set<String> controls = new TreeSet<>();
        rules.forEach(rule -> controls.addAll(rule.controls()));
        return List.copyOf(controls);
    }

    /**
     * Drafts the record of a refusal that is counted by the second.
     *
     * @param principal who was refused
     * @param denial why
     */
    AuditRecord draft(Call call, TenantId tenant, Principal principal, Denial denial) {
        GrantedModel model = call.model();
        return mint.decision(mint.id(), tenant, principal, call.word(), Effect.DENY)
                .code(denial.refusal().code())
                .policy(denial.policy())
                .model(model == null ? null : model(model))
                .rules(refs(denial.rules()))
                .controls(controls(denial.rules()))
                .build();
    }

    /** What refusals of that kind are counted under. */
    static GroupKey group(Call call, TenantId tenant, Principal principal, Denial denial) {
        GrantedModel model = call.model();
        String reason = denial.refusal().code()
                + " " + call.word()
                + " " + (model == null ? "" : model.manifest().ref())
                + " " + String.join(",", denial.ruleIds());
        return new GroupKey(tenant, principal, reason);
    }
}
