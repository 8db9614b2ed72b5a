package dev.sallyport.api.gateway;

import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.policy.ModelFacts;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import java.util.List;

/**
 * A model version that a tenant may call: its own, or one that its owner granted to it.
 *
 * @param alias the name under which the tenant knows the model
 * @param manifest what the version is; names the owner and the owner's name of the model
 * @param facts what policies know of it, under the alias
 * @param versions all versions that the tenant may call, ascending
 * @param epochs the state under which this was read
 */
public record GrantedModel(
        ModelName alias, ModelManifest manifest, ModelFacts facts, List<ModelVersion> versions, StateEpochs epochs) {
    /** Copies the versions. */
    public GrantedModel {
        versions = List.copyOf(versions);
    }
}
