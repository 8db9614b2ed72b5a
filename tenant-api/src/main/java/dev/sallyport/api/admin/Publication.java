package dev.sallyport.api.admin;

import dev.sallyport.policy.PolicyProblem;
import java.util.List;
import java.util.OptionalInt;

/** What became of the wish to publish a policy document. */
public sealed interface Publication {
    /**
     * It is in force, or would be if this had not been a dry run.
     *
     * @param version the version that it has, or would have
     * @param digest SHA-256 of the source, lower-case hex
     * @param stored false after a dry run and where the same document was in force already
     */
    record Published(int version, String digest, boolean stored) implements Publication {}

    /**
     * The document is not sound, does not fit the model, or contradicts another layer.
     *
     * @param problems with positions, never empty
     */
    record Rejected(List<PolicyProblem> problems) implements Publication {
        /** Copies the problems. */
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Another version is in force than the one that the caller started from.
     *
     * @param current the version in force; empty for none
     */
    record Stale(OptionalInt current) implements Publication {}

    /** Policies, keys or grants change faster than the document can be checked against them: nothing was done. */
    record Contended() implements Publication {}

    /**
     * There is no such place.
     *
     * @param sentence what is missing
     */
    record Unknown(String sentence) implements Publication {}
}
