package dev.sallyport.policy;

import java.util.Locale;

/** Where a policy document stands. Every layer can only restrict; the order serves for telling who said a thing first. */
public enum Layer {
    /** The operator's own floor, under every tenant. */
    PLATFORM,
    /** A regulation's rules, for the tenants that chose the pack. */
    PACK,
    /** A tenant's rules for all its models. */
    TENANT,
    /** A tenant's rules for one model. */
    MODEL;

    /**
     * The layer as documents spell it.
     *
     * @return {@code platform}, {@code pack}, {@code tenant} or {@code model}
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
