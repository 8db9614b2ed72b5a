package dev.sallyport.policy;

import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of all policies in force, which combines the documents of a tenant's model at first use. A
 * publication makes a new snapshot that shares all that did not change. Thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class PolicyEngine {
    private PolicyEngine() {}

    /**
     * A snapshot.
     *
     * @param policies every document in force
     * @return the snapshot
     */
    public static PolicyEngine of(PolicySet policies) {
        throw new UnsupportedOperationException("of " + policies);
    }

    /**
     * The policy for a tenant's model.
     *
     * @param tenant the tenant; one that is not known has no layers of its own
     * @param model the model version
     * @return the meet of all layers that apply, or their contradictions
     */
    public Combination policyFor(TenantId tenant, ModelFacts model) {
        throw new UnsupportedOperationException("policyFor " + tenant + model);
    }

    /**
     * A snapshot in which a tenant's layers are others.
     *
     * @param tenant the tenant
     * @param layers its layers; null takes the tenant away
     * @return the snapshot; this one stays as it is
     */
    public PolicyEngine with(TenantId tenant, @Nullable TenantLayers layers) {
        throw new UnsupportedOperationException("with " + tenant + layers);
    }

    /**
     * A snapshot in which the platform's document is another.
     *
     * @param platform the document
     * @return the snapshot; this one stays as it is
     */
    public PolicyEngine withPlatform(PolicyDocument platform) {
        throw new UnsupportedOperationException("withPlatform " + platform);
    }
}
