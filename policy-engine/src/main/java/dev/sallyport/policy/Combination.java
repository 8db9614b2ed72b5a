package dev.sallyport.policy;

import java.util.List;

/** What came of combining the documents that apply to a tenant's model. */
public sealed interface Combination {
    /**
     * The documents agree.
     *
     * @param policy their meet; {@link EffectivePolicy#misfits()} says what in it this model cannot carry out
     */
    record Effective(EffectivePolicy policy) implements Combination {}

    /**
     * The documents contradict each other. Publication refuses this; where it is met all the same (a pack was chosen
     * later, say) everything is denied.
     *
     * @param problems the contradictions, each naming both layers and lines; at least one
     * @param digest lower-case hex SHA-256 of the contradicting documents' digests
     */
    record Contradiction(List<PolicyProblem> problems, String digest) implements Combination {
        /** Keeps its own copy. */
        public Contradiction {
            problems = List.copyOf(problems);
        }

        /**
         * What every question is answered with.
         *
         * @return a denial with code {@code POLICY_CONTRADICTION}
         */
        public Decision decision() {
            return new Decision.Deny(
                    "POLICY_CONTRADICTION",
                    "the policies in force contradict each other, so that nothing is allowed; "
                            + problems.getFirst().message(),
                    List.of(),
                    List.of(),
                    List.of());
        }
    }
}
