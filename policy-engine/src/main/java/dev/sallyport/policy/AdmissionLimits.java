package dev.sallyport.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of a call that need no more than a comparison, and whether the model can carry out what is asked of it. */
final class AdmissionLimits {
    private final long maxRows;
    private final long maxBytes;
    private final @Nullable Rule rowsRule;
    private final @Nullable Rule bytesRule;
    private final @Nullable BudgetRule bySubject;
    private final @Nullable Admission unsupported;
    private final List<Rule> evaluated;

    AdmissionLimits(Admitting.Gate gate, List<Rule> before) {
        Settings settings = gate.settings();
        this.maxRows = settings.maxRows().value().limit();
        this.maxBytes = settings.maxBytes().value().limit();
        Rule rows = Resolution.firstOrNull(settings.maxRows());
        Rule bytes = Resolution.firstOrNull(settings.maxBytes());
        this.rowsRule = rows == null ? null : gate.citations().cite(rows);
        this.bytesRule = bytes == null ? null : gate.citations().cite(bytes);
        this.bySubject = gate.budgets().stream()
                .filter(budget -> budget.scope().contains(BudgetScope.SUBJECT))
                .findFirst()
                .orElse(null);
        List<Rule> rules = new ArrayList<>(before);
        if (rowsRule != null) {
            rules.add(rowsRule);
        }
        if (bytesRule != null) {
            rules.add(bytesRule);
        }
        if (bySubject != null) {
            rules.add(bySubject.origin());
        }
        rules.addAll(gate.obligations().outputRules());
        this.evaluated = List.copyOf(rules);
        this.unsupported = unsupported(gate);
    }

    /** The rules of these limits and those before them. */
    List<Rule> evaluated() {
        return evaluated;
    }

    /** The denial of a call beyond the limits; null when it keeps them. */
    @Nullable
    Admission refused(AdmitFacts facts) {
        if (facts.rows() > maxRows && rowsRule != null) {
            String sentence = facts.rows() + " rows in one call; at most " + maxRows + " are allowed";
            return deny("TOO_MANY_ROWS", sentence, rowsRule);
        }
        if (facts.bytes() > maxBytes && bytesRule != null) {
            String sentence = "the call has " + facts.bytes() + " bytes; at most " + maxBytes + " are allowed";
            return deny("INPUT_TOO_LARGE", sentence, bytesRule);
        }
        if (bySubject != null && !facts.subjects()) {
            String sentence = "send Sallyport-Subject, parameter \"subject\" or the tensor sallyport_subject: budget \""
                    + bySubject.id() + "\" counts each person";
            return deny("SUBJECT_MISSING", sentence, bySubject.origin());
        }
        return unsupported;
    }

    private Admission deny(String code, String sentence, Rule rule) {
        int end = evaluated.indexOf(rule) + 1;
        return Admitting.closed(Admitting.deny(code, sentence, List.of(rule), evaluated.subList(0, end)));
    }

    private @Nullable Admission unsupported(Admitting.Gate gate) {
        Obligations obligations = gate.obligations();
        if (Misfits.carries(gate.model(), obligations.output())) {
            return null;
        }
        String sentence = "answers may leave only as "
                + (obligations.output().decimals() < 0
                        ? obligations.output().tier()
                        : obligations.output().tier() + " rounded to "
                                + obligations.output().decimals() + " decimals")
                + ", which this model's outputs cannot carry";
        return Admitting.closed(Admitting.deny("SHAPE_UNSUPPORTED", sentence, obligations.outputRules(), evaluated));
    }
}
