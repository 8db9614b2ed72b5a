package dev.sallyport.api.admin;

import dev.sallyport.policy.Combination;
import dev.sallyport.policy.ModelFacts;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.PolicyProblem;
import java.util.List;

/** Stands for a model that is not there yet: nothing can misfit it, but the layers above it can contradict each other. */
final class UnknownModel {
    /** A name for any model that no document is for. */
    static final ModelName ANY = new ModelName("any");

    private UnknownModel() {}

    static ModelFacts named(ModelName name) {
        return new ModelFacts(name, new ModelVersion("1"), List.of(), true);
    }

    static List<PolicyProblem> contradictions(Combination combination) {
        return combination instanceof Combination.Contradiction contradiction ? contradiction.problems() : List.of();
    }
}
