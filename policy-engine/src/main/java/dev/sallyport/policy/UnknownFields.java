package dev.sallyport.policy;

/** What is done with fields that are not allowed, from the least strict. */
enum UnknownFields {
    /** They do not reach the model. */
    DROP,
    /** The call is denied. */
    REJECT;

    @Override
    public String toString() {
        return this == DROP ? "drop" : "reject";
    }
}
