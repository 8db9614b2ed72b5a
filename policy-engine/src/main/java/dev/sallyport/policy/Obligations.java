package dev.sallyport.policy;

import dev.sallyport.policy.output.OutputObligation;
import java.util.List;

/**
 * What must be done to an answer before it leaves. Plain data: it travels with the job to where the model runs.
 *
 * @param output how outputs are shaped
 * @param outputRules the rules that ask for that shape; empty when nothing is shaped
 * @param release the conditions to decide on the shaped outputs
 */
public record Obligations(OutputObligation output, List<Rule> outputRules, List<ReleaseCondition> release) {
    /** Nothing to do. */
    public static final Obligations NONE = new Obligations(OutputObligation.NONE, List.of(), List.of());

    /** Keeps its own copies. */
    public Obligations {
        outputRules = List.copyOf(outputRules);
        release = List.copyOf(release);
    }
}
