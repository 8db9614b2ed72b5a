package dev.sallyport.reports;

import dev.sallyport.format.AuditRecord;
import java.util.ArrayList;
import java.util.List;

/** Tests one control against a period's records, as they pass. */
final class ControlTally {
    static final int MOST_EXAMPLES = 10;

    private final Control control;
    private final List<CountTally> counts;
    private final List<String> examples = new ArrayList<>();
    private long applies;
    private long population;
    private long exceptions;

    ControlTally(Control control) {
        this.control = control;
        this.counts = control.evidence().counts().stream().map(CountTally::new).toList();
    }

    void add(AuditRecord auditRecord) {
        counts.forEach(count -> count.add(auditRecord));
        switch (control.evidence()) {
            case Evidence.Untested untested -> {}
            case Evidence.Test test -> add(test, auditRecord);
        }
    }

    private void add(Evidence.Test test, AuditRecord auditRecord) {
        if (test.applies() != null
                && DecisionTally.isDecision(auditRecord)
                && test.applies().passes(auditRecord)) {
            applies += auditRecord.count();
        }
        if (!test.population().passes(auditRecord)) {
            return;
        }
        population += auditRecord.count();
        if (test.exceptions().stream().anyMatch(exception -> exception.passes(auditRecord))) {
            exceptions += auditRecord.count();
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(auditRecord.id());
            }
        }
    }

    /**
     * The result. A period without any decision shows of nothing that it does not arise, and one with unreadable
     * records shows of nothing that it has no exception.
     */
    ControlResult result(Totals totals) {
        return switch (control.evidence()) {
            case Evidence.Untested untested -> result(untested.outcome(), untested.reason());
            case Evidence.Test test -> result(test, totals);
        };
    }

    private ControlResult result(Evidence.Test test, Totals totals) {
        if (exceptions == 0 && totals.unreadable() > 0) {
            return result(Outcome.NOT_TESTED, "Records of the period are not as they were written.");
        }
        if (test.otherwise() != null && applies == 0 && totals.decisions() > 0) {
            return result(Outcome.NOT_APPLICABLE, test.otherwise());
        }
        if (population == 0) {
            return result(Outcome.NOT_TESTED, "The ledger holds no record of the period that this test looks at.");
        }
        return new ControlResult(
                control,
                exceptions == 0 ? Outcome.SATISFIED : Outcome.NOT_SATISFIED,
                null,
                population,
                exceptions,
                examples,
                countResults());
    }

    private ControlResult result(Outcome outcome, String reason) {
        return new ControlResult(control, outcome, reason, 0, 0, List.of(), countResults());
    }

    private List<CountResult> countResults() {
        return counts.stream().map(CountTally::result).toList();
    }
}
