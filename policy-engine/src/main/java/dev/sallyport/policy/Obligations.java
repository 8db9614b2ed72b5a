package dev.sallyport.policy;

import dev.sallyport.policy.output.OutputObligation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be done to an answer before it leaves. Plain data: it travels with the job to where the model runs.
 *
 * @param output how outputs are shaped
 * @param outputRules the rules that ask for that shape; empty when nothing is shaped
 * @param release the conditions to decide on the shaped outputs
 * @param admitted the facts of the call, where one of those conditions asks for them too; null otherwise
 */
public record Obligations(
        OutputObligation output,
        List<Rule> outputRules,
        List<ReleaseCondition> release,
        @Nullable AdmitFacts admitted) {
    /** Nothing to do. */
    public static final Obligations NONE = new Obligations(OutputObligation.NONE, List.of(), List.of());

    /** Keeps its own copies. */
    public Obligations {
        outputRules = List.copyOf(outputRules);
        release = List.copyOf(release);
    }

    /**
     * Obligations that no condition asks the call's facts for.
     *
     * @param output how outputs are shaped
     * @param outputRules the rules that ask for that shape
     * @param release the conditions to decide on the shaped outputs
     */
    public Obligations(OutputObligation output, List<Rule> outputRules, List<ReleaseCondition> release) {
        this(output, outputRules, release, null);
    }

    /** Whether a condition on outputs asks for facts of the call too. */
    boolean asksForCall() {
        return release.stream()
                .flatMap(condition -> condition.condition().facts().stream())
                .anyMatch(fact -> fact.startsWith("request") || fact.startsWith("model"));
    }

    /** The same, with the facts of a call. */
    Obligations of(AdmitFacts call) {
        return new Obligations(output, outputRules, release, call);
    }
}
