package dev.sallyport.policy;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of all policies in force, which combines the documents of a tenant's model at first use. A
 * publication makes a new snapshot that shares all that did not change. Thread-safe.
 */
public final class PolicyEngine {
    private final PolicyDocument platform;
    private final Map<String, PolicyDocument> packs;
    private final Map<TenantId, TenantPolicies> tenants;
    private final Combinations combinations;
    private final Documents documents;

    /** Documents by name and digest, so that those that are the same share their compiled conditions. */
    private static final class Documents {
        private final Map<PolicyDocument, WeakReference<PolicyDocument>> known =
                Collections.synchronizedMap(new WeakHashMap<>());

        PolicyDocument intern(PolicyDocument document) {
            WeakReference<PolicyDocument> same = known.computeIfAbsent(document, WeakReference::new);
            PolicyDocument first = same.get();
            return first == null ? document : first;
        }

        TenantLayers intern(TenantLayers layers) {
            Map<ModelName, PolicyDocument> models = new HashMap<>();
            layers.models().forEach((model, document) -> models.put(model, intern(document)));
            PolicyDocument tenant = layers.tenant();
            return new TenantLayers(layers.packs(), tenant == null ? null : intern(tenant), models);
        }
    }

    private PolicyEngine(
            PolicyDocument platform,
            Map<String, PolicyDocument> packs,
            Map<TenantId, TenantPolicies> tenants,
            Combinations combinations,
            Documents documents) {
        this.platform = platform;
        this.packs = packs;
        this.tenants = tenants;
        this.combinations = combinations;
        this.documents = documents;
    }

    /**
     * A snapshot.
     *
     * @param policies every document in force
     * @return the snapshot
     */
    public static PolicyEngine of(PolicySet policies) {
        var documents = new Documents();
        Map<TenantId, TenantPolicies> tenants = new HashMap<>();
        policies.tenants()
                .forEach((tenant, layers) -> tenants.put(
                        tenant,
                        new TenantPolicies(tenant, policies.platform(), policies.packs(), documents.intern(layers))));
        return new PolicyEngine(policies.platform(), policies.packs(), tenants, new Combinations(), documents);
    }

    /**
     * The policy for a tenant's model, where it was worked out before. Takes no more than a look-up.
     *
     * @param tenant the tenant
     * @param model the model version
     * @return what {@link #policyFor} returned; empty where it is yet to be asked, or has been forgotten
     */
    public Optional<Combination> known(TenantId tenant, ModelFacts model) {
        TenantPolicies policies = tenants.get(tenant);
        return policies == null ? Optional.empty() : Optional.ofNullable(combinations.known(policies, model));
    }

    /**
     * The policy for a tenant's model. Works it out at first use, which takes milliseconds: not for an event loop, which asks
     * for what is {@link #known}.
     *
     * @param tenant the tenant; one that is not known has no layers of its own
     * @param model the model version
     * @return the meet of all layers that apply, or their contradictions
     */
    public Combination policyFor(TenantId tenant, ModelFacts model) {
        TenantPolicies policies = tenants.get(tenant);
        return policies == null
                ? new TenantPolicies(tenant, platform, packs, TenantLayers.EMPTY).combine(model)
                : combinations.get(policies, model);
    }

    /**
     * How long a tenant's records are kept at least: the highest floor of all its documents, whatever models they are for,
     * since a call can be refused before its model is known.
     *
     * @param tenant the tenant; one that is not known has no layers of its own
     * @return in months, at most the longest retention class's; 0 where no document says anything
     */
    public int retentionMonths(TenantId tenant) {
        TenantPolicies policies = tenants.get(tenant);
        return (policies == null ? new TenantPolicies(tenant, platform, packs, TenantLayers.EMPTY) : policies)
                .retentionMonths();
    }

    /**
     * The platform's document in this snapshot.
     *
     * @return the document
     */
    public PolicyDocument platform() {
        return platform;
    }

    /**
     * A snapshot in which a tenant's layers are others; what was worked out for other tenants is kept.
     *
     * @param tenant the tenant
     * @param layers its layers; null takes the tenant away
     * @return the snapshot; this one stays as it is
     */
    public PolicyEngine with(TenantId tenant, @Nullable TenantLayers layers) {
        Map<TenantId, TenantPolicies> changed = new HashMap<>(tenants);
        if (layers == null) {
            changed.remove(tenant);
        } else {
            changed.put(tenant, new TenantPolicies(tenant, platform, packs, documents.intern(layers)));
        }
        return new PolicyEngine(platform, packs, changed, combinations, documents);
    }

    /**
     * A snapshot in which the platform's document is another.
     *
     * @param changed the document
     * @return the snapshot; this one stays as it is
     */
    public PolicyEngine withPlatform(PolicyDocument changed) {
        Map<TenantId, TenantPolicies> under = new HashMap<>();
        tenants.forEach(
                (tenant, policies) -> under.put(tenant, new TenantPolicies(tenant, changed, packs, policies.layers())));
        return new PolicyEngine(changed, packs, under, combinations, documents);
    }
}
