package dev.sallyport.torture;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every answer that was received has its record, a permit of its tenant for its request; and nothing stands twice. */
final class AnsweredCheck implements Books.Check {
    private final Violations violations;
    private final Map<String, Answers.Answer> open = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> requests = new HashSet<>();

    AnsweredCheck(List<Answers.Answer> answers, Violations violations) {
        this.violations = violations;
        for (Answers.Answer answer : answers) {
            violations.looked("answered", 1);
            if (open.put(answer.record(), answer) != null) {
                violations.add("once", "two answers name the record " + answer.record());
            }
        }
    }

    @Override
    public void see(Books.Entry entry) {
        AuditRecord record = entry.record();
        violations.looked("once", 1);
        if (!ids.add(record.id())) {
            violations.add("once", "the record " + record.id() + " stands twice");
        }
        if (record.effect() == Effect.PERMIT && record.request() != null && !requests.add(record.request())) {
            violations.add("once", "the request " + record.request() + " was permitted and charged twice");
        }
        Answers.Answer answer = open.remove(record.id());
        if (answer != null
                && (record.effect() != Effect.PERMIT
                        || !record.tenant().equals(answer.tenant())
                        || !answer.request().equals(record.request()))) {
            violations.add("answered", "the record " + record.id() + " is not that of its answer");
        }
    }

    @Override
    public void end() {
        open.keySet().forEach(id -> violations.add("answered", "the answer " + id + " was received and has no record"));
    }
}
