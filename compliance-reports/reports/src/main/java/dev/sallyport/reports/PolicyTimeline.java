package dev.sallyport.reports;

import dev.sallyport.format.Act;
import dev.sallyport.format.AuditRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which policy documents were in force when, from the acts that published and withdrew them: an act of
 * {@code policy.…} whose {@code after} is the new document's digest, or that has none when it withdrew one. Holds
 * the period's documents only.
 */
final class PolicyTimeline {
    private static final Comparator<PolicyInForce> ORDER = Comparator.comparing(PolicyInForce::object)
            .thenComparing(PolicyInForce::from)
            .thenComparing(PolicyInForce::published);

    private final Instant periodFrom;
    private final Map<String, PolicyInForce> current = new TreeMap<>();
    private final List<PolicyInForce> ended = new ArrayList<>();

    PolicyTimeline(Instant periodFrom) {
        this.periodFrom = periodFrom;
    }

    /** Takes the acts on objects that a predicate accepts, in their order; others and refused ones are passed over. */
    void add(AuditRecord auditRecord, Predicate<String> concerns) {
        Act act = auditRecord.act();
        if (act == null
                || auditRecord.code() != null
                || !auditRecord.action().startsWith("policy.")
                || !concerns.test(act.object())) {
            return;
        }
        Instant at = auditRecord.instant();
        PolicyInForce before = current.remove(act.object());
        if (before != null && at.isAfter(periodFrom)) {
            ended.add(new PolicyInForce(
                    before.object(), before.digest(), before.from(), at, before.publishedBy(), before.published()));
        }
        if (act.after() != null) {
            current.put(
                    act.object(),
                    new PolicyInForce(
                            act.object(),
                            act.after(),
                            at,
                            null,
                            auditRecord.principal().id(),
                            auditRecord.id()));
        }
    }

    List<PolicyInForce> policies() {
        List<PolicyInForce> all = new ArrayList<>(ended);
        all.addAll(current.values());
        all.sort(ORDER);
        return List.copyOf(all);
    }
}
