package dev.sallyport.api.admin;

import dev.sallyport.policy.Layer;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.TenantId;

/** Where a policy document is published. */
public sealed interface PolicyPlace {
    /** The platform's layer, which binds every tenant. */
    record OfPlatform() implements PolicyPlace {}

    /**
     * A tenant's layer, which binds all its models.
     *
     * @param tenant the tenant
     */
    record OfTenant(TenantId tenant) implements PolicyPlace {}

    /**
     * A layer for one model of a tenant.
     *
     * @param tenant the tenant
     * @param model the name under which the tenant knows the model
     */
    record OfModel(TenantId tenant, ModelName model) implements PolicyPlace {}

    /**
     * Under which tenant it is kept.
     *
     * @return the tenant; {@code platform} for the platform's layer
     */
    default TenantId owner() {
        return switch (this) {
            case OfPlatform p -> TenantId.PLATFORM;
            case OfTenant(TenantId tenant) -> tenant;
            case OfModel(TenantId tenant, ModelName model) -> tenant;
        };
    }

    /**
     * Which layer a document must declare to be published here.
     *
     * @return platform, tenant or model
     */
    default Layer layer() {
        return switch (this) {
            case OfPlatform p -> Layer.PLATFORM;
            case OfTenant t -> Layer.TENANT;
            case OfModel m -> Layer.MODEL;
        };
    }
}
