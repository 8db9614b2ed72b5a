package dev.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.policy.lattice.Union;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Adding a layer never permits what was denied, and never weakens what must be done. */
final class StricterLayerTest {
    private static final BinaryOperator<Settings> MEET = Settings::meet;

    @Provide
    Arbitrary<PolicyDocument> documents() {
        return Documents.documents();
    }

    @Provide
    Arbitrary<AdmitFacts> calls() {
        return Documents.calls();
    }

    @Provide
    Arbitrary<InputFields> contents() {
        return Documents.contents();
    }

    @Provide
    Arbitrary<double[]> confidences() {
        return Documents.confidences();
    }

    @Property(tries = 1_000)
    void layer_added_neverLoosens(
            @ForAll @Size(min = 1, max = 3) List<@From("documents") PolicyDocument> documents,
            @ForAll("documents") PolicyDocument added,
            @ForAll("calls") AdmitFacts call,
            @ForAll("contents") InputFields content,
            @ForAll("confidences") double[] confidences) {
        assertThat(loosened(MEET, documents, added, call, content, confidences)).isEmpty();
    }

    @Property(tries = 200)
    void layers_inAnyOrder_decideAlike(
            @ForAll @Size(min = 2, max = 4) List<@From("documents") PolicyDocument> documents,
            @ForAll("calls") AdmitFacts call) {
        assertThat(shown(documents.reversed(), call)).isEqualTo(shown(documents, call));
    }

    private static String shown(List<PolicyDocument> documents, AdmitFacts call) {
        EffectivePolicy policy = policy(MEET, documents);
        return policy == null ? "contradiction" : policy.settings() + " " + policy.admit(call);
    }

    /** Ways of combining that others have and that loosen: the property must notice each. */
    @Example
    void wrongCombinations_areNoticed() {
        BinaryOperator<Settings> lastForbidden = (a, b) -> {
            Settings met = a.meet(b);
            return with(met, b.forbidden(), met.actions(), met);
        };
        BinaryOperator<Settings> lastActions = (a, b) -> {
            Settings met = a.meet(b);
            return with(met, met.forbidden(), b.actions(), met);
        };
        BinaryOperator<Settings> lastShape = (a, b) -> {
            Settings met = a.meet(b);
            return with(met, met.forbidden(), met.actions(), b);
        };

        assertThat(loosenedSomewhere(lastForbidden)).isNotEmpty();
        assertThat(loosenedSomewhere(lastActions)).isNotEmpty();
        assertThat(loosenedSomewhere(lastShape)).isNotEmpty();
    }

    private static Settings with(
            Settings s, Union<String, Rule> forbidden, Union<FieldAction, Rule> actions, Settings shaping) {
        return new Settings(
                s.purposes(),
                s.terms(),
                s.unknownFields(),
                s.required(),
                s.allowed(),
                forbidden,
                actions,
                s.maxBytes(),
                s.maxRows(),
                s.retention(),
                s.budgets(),
                s.rates(),
                shaping.shape(),
                shaping.topK(),
                s.decimals(),
                s.conditions(),
                s.citations());
    }

    private Optional<String> loosenedSomewhere(BinaryOperator<Settings> meet) {
        var documents = documents().sampleStream().limit(2_000).iterator();
        var calls = calls().sampleStream().iterator();
        var contents = contents().sampleStream().iterator();
        double[] confidences = {0.4, 0.9};
        Optional<String> found = Optional.empty();
        while (documents.hasNext() && found.isEmpty()) {
            found = loosened(
                    meet, List.of(documents.next()), documents.next(), calls.next(), contents.next(), confidences);
        }
        return found;
    }

    private static Optional<String> loosened(
            BinaryOperator<Settings> meet,
            List<PolicyDocument> documents,
            PolicyDocument added,
            AdmitFacts call,
            InputFields content,
            double[] confidences) {
        List<PolicyDocument> more = new ArrayList<>(documents);
        more.add(added);
        EffectivePolicy before = policy(meet, documents);
        EffectivePolicy after = policy(meet, more);
        if (after == null || before == null) {
            return before == null && after != null ? Optional.of("a contradiction went away") : Optional.empty();
        }
        Optional<String> admission =
                decision(before.admit(call).decision(), after.admit(call).decision());
        if (admission.isPresent()) {
            return admission.map(what -> "admit: " + what);
        }
        Inspection one = before.inspect(new InspectFacts(call, content));
        Inspection two = after.inspect(new InspectFacts(call, content));
        Optional<String> inspection = decision(one.decision(), two.decision()).or(() -> content(one, two));
        if (inspection.isPresent()) {
            return inspection.map(what -> "inspect: " + what);
        }
        return limits(before, after).or(() -> release(before, after, call, confidences));
    }

    private static Optional<String> decision(Decision before, Decision after) {
        if (before instanceof Decision.Deny && after instanceof Decision.Permit) {
            return Optional.of("denied, and then permitted: " + before);
        }
        return Optional.empty();
    }

    private static Optional<String> content(Inspection before, Inspection after) {
        if (!(after.decision() instanceof Decision.Permit)) {
            return Optional.empty();
        }
        if (!after.dropped().containsAll(before.dropped())) {
            return Optional.of("a field is not dropped any more");
        }
        for (Map.Entry<String, List<String>> field : before.replaced().entrySet()) {
            List<String> now = after.replaced().get(field.getKey());
            boolean weaker =
                    now == null ? !after.dropped().contains(field.getKey()) : markers(now) < markers(field.getValue());
            if (weaker) {
                return Optional.of("less is redacted in " + field.getKey());
            }
        }
        return Optional.empty();
    }

    private static long markers(List<String> texts) {
        return texts.stream().flatMapToInt(String::chars).filter(c -> c == '[').count();
    }

    private static Optional<String> limits(EffectivePolicy before, EffectivePolicy after) {
        for (BudgetRule budget : before.budgets()) {
            boolean kept = after.budgets().stream()
                    .anyMatch(other -> other.scope().equals(budget.scope())
                            && other.window().equals(budget.window())
                            && other.limit() <= budget.limit());
            if (!kept) {
                return Optional.of("budget " + budget.id() + " is looser");
            }
        }
        if (months(after) < months(before)) {
            return Optional.of("records are kept for a shorter time");
        }
        return after.rates().size() < before.rates().size() ? Optional.of("a rate went away") : Optional.empty();
    }

    private static long months(EffectivePolicy policy) {
        return policy.settings().stream()
                .filter(setting -> setting.path().equals("retention.decisionLog.floor"))
                .filter(setting -> !setting.value().equals("any"))
                .mapToLong(setting -> Period.parse(setting.value()).toTotalMonths())
                .max()
                .orElse(0);
    }

    private static Optional<String> release(
            EffectivePolicy before, EffectivePolicy after, AdmitFacts call, double[] confidences) {
        var one = before.obligations().output();
        var two = after.obligations().output();
        boolean shape = two.shape().compareTo(one.shape()) < 0;
        boolean topK = one.topK() > 0 && two.topK() > one.topK();
        boolean decimals = one.decimals() >= 0 && (two.decimals() < 0 || two.decimals() > one.decimals());
        if (shape || topK || decimals) {
            return Optional.of("outputs are shaped less: " + one + ", then " + two);
        }
        return decision(decide(before, call, confidences), decide(after, call, confidences))
                .map(what -> "release: " + what);
    }

    private static Decision decide(EffectivePolicy policy, AdmitFacts call, double[] confidences) {
        Obligations obligations = policy.obligations().of(call);
        return ReleasePolicy.decide(
                obligations,
                new ReleaseFacts(
                        2,
                        List.of("LOW", "HIGH"),
                        confidences,
                        obligations.output().tier(),
                        Fixtures.NOW));
    }

    /** The combined policy; null for a contradiction, which denies everything. */
    private static @Nullable EffectivePolicy policy(BinaryOperator<Settings> meet, List<PolicyDocument> documents) {
        Settings settings = documents.stream().map(PolicyDocument::settings).reduce(Settings.TOP, meet);
        return Contradictions.in(settings).isEmpty()
                ? new EffectivePolicy(settings, documents, Fixtures.FACTS, List.of())
                : null;
    }
}
