package dev.sallyport.policy;

import dev.sallyport.policy.document.Fault;
import dev.sallyport.policy.document.Node;
import dev.sallyport.policy.document.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems found while a document is read. */
final class Problems {
    private static final Comparator<PolicyProblem> IN_ORDER =
            Comparator.comparingInt(PolicyProblem::line).thenComparingInt(PolicyProblem::column);

    private final String document;
    private final List<PolicyProblem> found = new ArrayList<>();

    Problems(String document) {
        this.document = document;
    }

    void at(Node node, String message) {
        at(node.path(), node.position(), message);
    }

    void at(String path, Position position, String message) {
        found.add(new PolicyProblem(message, path, position.line(), position.column(), document));
    }

    void at(Fault fault) {
        at(fault.path(), fault.position(), fault.message());
    }

    /** A value that the language has, and the server does not do yet. */
    void notYet(Node node, String what) {
        at(node, what + " is not supported yet");
    }

    boolean none() {
        return found.isEmpty();
    }

    List<PolicyProblem> inOrder() {
        return found.stream().sorted(IN_ORDER).toList();
    }
}
