package dev.sallyport.format;

/** What was decided about a call. */
public enum Effect {
    /** Answered. */
    PERMIT("permit"),
    /** A rule refused it. */
    DENY("deny"),
    /** A person must look first. */
    HOLD("hold"),
    /** No policy covers it: refused, and counted as a hole in the policy. */
    GAP("gap"),
    /** A person let a held call go. */
    RELEASE("release"),
    /** A person refused a held call, or its deadline passed. */
    REFUSE("refuse");

    private final String code;

    Effect(String code) {
        this.code = code;
    }

    /** Returns the word that stands in a record. */
    public String code() {
        return code;
    }
}
