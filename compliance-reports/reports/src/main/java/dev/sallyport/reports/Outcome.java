package dev.sallyport.reports;

/** What a report can say of a control. There is no outcome that says more than what was tested. */
public enum Outcome {
    /** The test had something to look at and found no exception. */
    SATISFIED("satisfied"),
    /** The test found exceptions. */
    NOT_SATISFIED("not-satisfied"),
    /** The control does not arise, for the reason given. */
    NOT_APPLICABLE("not-applicable"),
    /** The ledger has nothing to test it by. */
    NOT_TESTED("not-tested"),
    /** The service does not do yet what the control asks. */
    GAP("gap");

    private final String code;

    Outcome(String code) {
        this.code = code;
    }

    /** The word in catalogues and reports. */
    public String code() {
        return code;
    }
}
