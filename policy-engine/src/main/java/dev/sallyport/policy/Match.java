package dev.sallyport.policy;

import dev.sallyport.policy.lattice.Among;

/**
 * Which calls a document is for; for others it says nothing.
 *
 * @param tenants the tenants
 * @param models the models, by the names under which the tenant knows them
 * @param versions the models' versions
 */
record Match(Among<TenantId> tenants, Among<ModelName> models, VersionRange versions) {
    static final Match ANY = new Match(Among.any(), Among.any(), VersionRange.ANY);

    /** Whether it is for calls of a tenant at all. */
    boolean covers(TenantId tenant) {
        return tenants.allows(tenant);
    }

    boolean covers(TenantId tenant, ModelFacts model) {
        return covers(tenant) && models.allows(model.model()) && versions.contains(model.version());
    }
}
