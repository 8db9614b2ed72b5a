package dev.sallyport.policy;

import java.util.List;

/** What came of reading a document's source. */
public sealed interface ParseResult {
    /**
     * The source is a document of the language, and every part of it is supported.
     *
     * @param document the document
     */
    record Parsed(PolicyDocument document) implements ParseResult {}

    /**
     * The source is none.
     *
     * @param problems why, in the order of the source; at least one
     */
    record Rejected(List<PolicyProblem> problems) implements ParseResult {
        /** Keeps its own copy. */
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
