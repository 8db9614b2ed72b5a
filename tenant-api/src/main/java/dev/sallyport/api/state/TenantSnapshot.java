package dev.sallyport.api.state;

import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.format.RetentionClass;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.policy.ModelFacts;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.PolicyEngine;
import dev.sallyport.policy.TenantId;
import dev.sallyport.policy.TenantLayers;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one tenant's calls are decided from. Immutable.
 *
 * @param tenant the tenant
 * @param epochs the state under which this was read
 * @param models by the name under which the tenant knows the model, then by version
 * @param layers the tenant's packs and documents
 * @param policies the policies in force, for this tenant
 */
public record TenantSnapshot(
        TenantId tenant,
        StateEpochs epochs,
        NavigableMap<String, NavigableMap<ModelVersion, ModelManifest>> models,
        TenantLayers layers,
        PolicyEngine policies) {
    /** Copies the models. */
    public TenantSnapshot {
        NavigableMap<String, NavigableMap<ModelVersion, ModelManifest>> copy = new TreeMap<>();
        models.forEach(
                (name, versions) -> copy.put(name, Collections.unmodifiableNavigableMap(new TreeMap<>(versions))));
        models = Collections.unmodifiableNavigableMap(copy);
    }

    /**
     * How long records of the tenant's decisions are kept.
     *
     * @return the class that covers the highest floor of its documents
     */
    public RetentionClass retention() {
        return RetentionClass.keeping(policies.retentionMonths(tenant));
    }

    /**
     * What policies know of every model version that the tenant may call.
     *
     * @return by name, then ascending by version
     */
    public List<ModelFacts> facts() {
        return models.entrySet().stream()
                .flatMap(entry -> entry.getValue().values().stream()
                        .map(manifest -> manifest.facts(new ModelName(entry.getKey()))))
                .toList();
    }

    /**
     * The versions of one model.
     *
     * @param alias the name under which the tenant knows it
     * @return ascending; empty if the tenant may not call it
     */
    public Optional<NavigableMap<ModelVersion, ModelManifest>> versions(ModelName alias) {
        return Optional.ofNullable(models.get(alias.value()));
    }
}
