package dev.sallyport.policy.document;

import java.util.List;

/** What came of reading a text. */
public sealed interface Reading {
    /**
     * The text is a document.
     *
     * @param root its tree
     */
    record Tree(Node root) implements Reading {}

    /**
     * The text is none.
     *
     * @param faults why; at least one
     */
    record Broken(List<Fault> faults) implements Reading {
        /** Keeps its own copy. */
        public Broken {
            faults = List.copyOf(faults);
        }
    }
}
