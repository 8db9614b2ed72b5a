package dev.sallyport.policy;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The meet of all documents that apply to a tenant's model. Immutable, thread-safe, without I/O. */
@SuppressWarnings("DoNotCallSuggester")
public final class EffectivePolicy {
    private EffectivePolicy() {}

    /**
     * What identifies it.
     *
     * @return lower-case hex SHA-256 of its canonical resolved form, which includes the digests of its documents
     */
    public String digest() {
        throw new UnsupportedOperationException("" + getClass());
    }

    /**
     * The documents that apply.
     *
     * @return in the order of layers
     */
    public List<PolicyDocument> documents() {
        throw new UnsupportedOperationException("" + getClass());
    }

    /**
     * Every setting that is in force, with its origin.
     *
     * @return sorted by path
     */
    public List<Setting> settings() {
        throw new UnsupportedOperationException("" + getClass());
    }

    /**
     * The controls that the documents speak of.
     *
     * @return ids, sorted
     */
    public List<String> controls() {
        throw new UnsupportedOperationException("" + getClass());
    }

    /**
     * The purposes that are allowed.
     *
     * @return sorted by id; empty while purposes are {@code any}, which is a gap
     */
    public List<PurposeRule> purposes() {
        throw new UnsupportedOperationException("" + getClass());
    }

    /**
     * The budgets that every call is counted in.
     *
     * @return sorted by id
     */
    public List<BudgetRule> budgets() {
        throw new UnsupportedOperationException("" + getClass());
    }

    /**
     * The rates that every call is held to.
     *
     * @return sorted by id
     */
    public List<RateRule> rates() {
        throw new UnsupportedOperationException("" + getClass());
    }

    /**
     * What is done to outputs.
     *
     * @return the obligations of every permit
     */
    public Obligations obligations() {
        throw new UnsupportedOperationException("" + getClass());
    }

    /**
     * The most rows of a call.
     *
     * @return at least 1; empty when unlimited
     */
    public OptionalInt maxRows() {
        throw new UnsupportedOperationException("" + getClass());
    }

    /**
     * The largest body of a call.
     *
     * @return in bytes; empty when unlimited
     */
    public OptionalLong maxBytes() {
        throw new UnsupportedOperationException("" + getClass());
    }

    /**
     * What the policy asks of this model that the model cannot carry out: unknown fields, redaction of a number that has
     * no value for missing, shapes of outputs. Publication refuses a document that brings such a thing in; a call that
     * meets one is denied.
     *
     * @return the problems; empty when the model fits
     */
    public List<PolicyProblem> misfits() {
        throw new UnsupportedOperationException("" + getClass());
    }

    /**
     * Decides on a call's facts, before anything is reserved for it.
     *
     * @param facts the facts
     * @return permit with what to reserve, a denial or a gap
     */
    public Admission admit(AdmitFacts facts) {
        throw new UnsupportedOperationException("admit " + facts);
    }

    /**
     * Decides on a call's content, before it goes to the model.
     *
     * @param facts the content
     * @return permit with what to change, or a denial
     */
    public Inspection inspect(InspectFacts facts) {
        throw new UnsupportedOperationException("inspect " + facts);
    }
}
