package dev.sallyport.reports;

import dev.sallyport.format.AuditRecord;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which records a query counts: those that meet every term.
 *
 * @param terms the terms, in the catalogue's order; with none, every record passes
 */
public record Filter(List<Term> terms) {
    /**
     * What is asked of one field.
     *
     * @param field the field
     * @param condition what its values must meet
     */
    public record Term(RecordField field, Condition condition) {}

    /** Copies the terms. */
    public Filter {
        terms = List.copyOf(terms);
    }

    /**
     * Whether a record meets every term.
     *
     * @param auditRecord the record
     */
    public boolean passes(AuditRecord auditRecord) {
        for (Term term : terms) {
            if (!term.condition().meets(term.field().values(auditRecord))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The filter as readers see it.
     *
     * @return such as {@code kind is decision and purpose is absent}
     */
    public String text() {
        return terms.isEmpty()
                ? "every record"
                : terms.stream()
                        .map(term ->
                                term.field().code() + " " + term.condition().text())
                        .collect(Collectors.joining(" and "));
    }
}
