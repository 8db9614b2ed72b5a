package dev.sallyport.policy;

import java.util.Map;

/**
 * Every document in force on a platform.
 *
 * @param platform the platform's own document
 * @param packs the packs that tenants may choose, by id, such as {@code gdpr}
 * @param tenants each tenant's layers
 */
public record PolicySet(
        PolicyDocument platform, Map<String, PolicyDocument> packs, Map<TenantId, TenantLayers> tenants) {
    /** Keeps its own copies. */
    public PolicySet {
        packs = Map.copyOf(packs);
        tenants = Map.copyOf(tenants);
    }
}
