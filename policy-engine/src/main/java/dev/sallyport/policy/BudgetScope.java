package dev.sallyport.policy;

import java.util.Locale;

/** What a budget or a rate is counted for; several together mean each combination for itself. */
public enum BudgetScope {
    /** Each key. */
    KEY,
    /** The tenant as a whole; every other scope lies within a tenant anyway. */
    TENANT,
    /** Each model, by the name under which the tenant knows it. */
    MODEL,
    /** Each person whose data a row holds. */
    SUBJECT;

    /**
     * The scope as documents spell it.
     *
     * @return such as {@code key}
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
