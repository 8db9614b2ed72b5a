package dev.sallyport.policy;

import dev.sallyport.policy.condition.Condition;
import dev.sallyport.policy.condition.ConditionFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The third question, asked where the model runs: may these shaped outputs leave? */
public final class ReleasePolicy {
    private ReleasePolicy() {}

    /**
     * Decides on shaped outputs.
     *
     * @param obligations what the call was admitted under
     * @param facts the outputs as they will leave
     * @return permit, or a denial by the first condition that does not hold for every row
     */
    public static Decision decide(Obligations obligations, ReleaseFacts facts) {
        if (!facts.tier().equals(obligations.output().tier())) {
            return new Decision.Deny(
                    "OBLIGATION_UNMET",
                    "outputs were shaped as " + facts.tier() + "; the policy asks for "
                            + obligations.output().tier(),
                    obligations.outputRules(),
                    obligations.outputRules(),
                    List.of());
        }
        List<Rule> evaluated = new ArrayList<>(obligations.outputRules());
        for (ReleaseCondition condition : obligations.release()) {
            evaluated.add(condition.rule());
            for (int row = 0; row < Math.max(1, facts.rows()); row++) {
                Condition.Outcome outcome = condition.condition().decide(known(obligations.admitted(), facts, row));
                if (outcome != Condition.Outcome.HOLDS) {
                    return deny(condition, outcome, evaluated);
                }
            }
        }
        return new Decision.Permit(obligations, obligations.outputRules(), evaluated, List.of());
    }

    private static ConditionFacts known(@Nullable AdmitFacts admitted, ReleaseFacts facts, int row) {
        String label = row < facts.labels().size() ? facts.labels().get(row) : null;
        double confidence = row < facts.confidences().length ? facts.confidences()[row] : Double.NaN;
        var output = new ConditionFacts.Output(label, confidence, facts.tier(), facts.rows());
        return admitted == null
                ? new ConditionFacts(null, null, output, facts.now())
                : new ConditionFacts(admitted.request(), admitted.modelVariable(), output, facts.now());
    }

    private static Decision deny(ReleaseCondition condition, Condition.Outcome outcome, List<Rule> evaluated) {
        List<String> missing = condition.condition().facts().stream()
                .filter(fact -> fact.startsWith("subject."))
                .sorted()
                .toList();
        String sentence = ConditionSentences.denial(condition.id(), condition.condition(), outcome, missing);
        return new Decision.Deny(condition.reason(), sentence, List.of(condition.rule()), evaluated, missing);
    }
}
