package dev.sallyport.api.gateway;

import dev.sallyport.api.oip.ErrorCode;
import dev.sallyport.api.oip.Refusal;
import dev.sallyport.ledger.AppendResult;
import dev.sallyport.policy.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal with what explains it and what became of its record.
 *
 * @param refusal code, status and sentence
 * @param rules those that determined it, the first of which the caller is told
 * @param policy digest of the policy; null when none was asked
 * @param record id of its record; null until there is one
 * @param receipt that of its record; null where it has none of its own, or none yet
 * @param confirmed false where nobody knows whether that record is there
 * @param retryAfter when to try again; zero for not by itself
 */
record Denial(
        Refusal refusal,
        List<Rule> rules,
        @Nullable String policy,
        @Nullable String record,
        @Nullable String receipt,
        boolean confirmed,
        Duration retryAfter) {
    private static final int RULES_TOLD = 3;

    Denial {
        rules = List.copyOf(rules);
    }

    static Denial of(ErrorCode code, String sentence) {
        return new Denial(Refusal.of(code, sentence), List.of(), null, null, null, true, Duration.ZERO);
    }

    static Denial of(Refusal refusal) {
        return new Denial(refusal, List.of(), null, null, null, true, Duration.ZERO);
    }

    /** A passing inability, 503. */
    static Denial unavailable(ErrorCode code, String sentence, Duration retryAfter) {
        return new Denial(Refusal.of(code, sentence), List.of(), null, null, null, true, retryAfter);
    }

    Denial recorded(String id) {
        return new Denial(refusal, rules, policy, id, null, true, retryAfter);
    }

    /** Its record is durable. */
    Denial committed(AppendResult.Committed committed) {
        return new Denial(refusal, rules, policy, committed.recordId(), committed.receipt(), true, retryAfter);
    }

    /** What its record would be, if the database has it after all. */
    Denial unconfirmed(String id) {
        return new Denial(refusal, rules, policy, id, null, false, retryAfter);
    }

    /** Whether something in the ledger stands for it. */
    boolean settled() {
        return record != null && confirmed;
    }

    Denial under(List<Rule> determining, String policyDigest) {
        return new Denial(refusal, determining, policyDigest, record, receipt, confirmed, retryAfter);
    }

    /** The ids of the rules that the caller is told of. */
    List<String> ruleIds() {
        return rules.stream().map(Rule::id).distinct().limit(RULES_TOLD).toList();
    }

    /** The controls that those rules serve. */
    List<String> controls() {
        return rules.stream()
                .limit(RULES_TOLD)
                .flatMap(rule -> rule.controls().stream())
                .distinct()
                .toList();
    }

    /** What stands in brackets after the sentence: rules with their lines, controls, the record. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        rules.stream()
                .limit(RULES_TOLD)
                .map(rule -> rule.id() + " at " + rule.place())
                .forEach(notes::add);
        notes.addAll(controls());
        if (record != null) {
            notes.add("record " + record);
        }
        return notes;
    }
}
