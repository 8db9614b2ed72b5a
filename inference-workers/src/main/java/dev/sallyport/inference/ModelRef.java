package dev.sallyport.inference;

import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.TenantId;

/**
 * One model version, by its owner's name for it; a grantee's own name never comes this far.
 *
 * @param owner the tenant that owns the model
 * @param model the owner's name of the model
 * @param version which of its versions
 */
public record ModelRef(TenantId owner, ModelName model, ModelVersion version) {
    @Override
    public String toString() {
        return owner + "/" + model.value() + "/" + version.value();
    }
}
