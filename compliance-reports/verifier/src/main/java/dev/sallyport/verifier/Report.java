package dev.sallyport.verifier;

import java.util.List;
import java.util.Optional;

/**
 * What came of a verification.
 *
 * @param subject what was verified; empty if the package's checkpoint could not be believed
 * @param assurance what it rests on; empty if it is bad
 * @param findings in the order of the checks
 */
record Report(Optional<Subject> subject, Optional<Assurance> assurance, List<Finding> findings) {
    Report {
        findings = List.copyOf(findings);
    }

    /**
     * The range.
     *
     * @param tenant whose log
     * @param from the first entry
     * @param to the entry after the last
     * @param size of the tenant's tree
     * @param log the log's origin
     * @param logSize of the platform log
     * @param at when the round was, µs since the epoch
     */
    record Subject(String tenant, long from, long to, long size, String log, long logSize, long at) {}

    /** What the verdict rests on. */
    enum Assurance {
        /** The package and the log key only. */
        SELF_ATTESTED("self-attested"),
        /** A checkpoint or receipts that the checker held. */
        ANCHORED("anchored"),
        /** A witness's notes. */
        WITNESSED("witnessed");

        private final String word;

        Assurance(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    boolean good() {
        return assurance.isPresent();
    }
}
