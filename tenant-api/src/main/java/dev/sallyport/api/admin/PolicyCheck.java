package dev.sallyport.api.admin;

import dev.sallyport.api.state.TenantSnapshot;
import dev.sallyport.policy.Combination;
import dev.sallyport.policy.EffectivePolicy;
import dev.sallyport.policy.ModelFacts;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.PolicyDocument;
import dev.sallyport.policy.PolicyEngine;
import dev.sallyport.policy.PolicyProblem;
import dev.sallyport.policy.TenantId;
import dev.sallyport.policy.TenantLayers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whether a document goes with the other layers and with the models that it would bind. Only what the document brings in
 * counts: contradictions and misfits that are there without it are not its fault.
 */
public final class PolicyCheck {
    private static final ModelName ANY = new ModelName("any");

    private final Function<TenantId, TenantSnapshot> snapshots;
    private final Supplier<List<TenantId>> tenants;

    /**
     * Makes the one instance.
     *
     * @param snapshots reads what a tenant's calls are decided from; blocks
     * @param tenants all tenants; blocks
     */
    public PolicyCheck(Function<TenantId, TenantSnapshot> snapshots, Supplier<List<TenantId>> tenants) {
        this.snapshots = snapshots;
        this.tenants = tenants;
    }

    /** All that speaks against the document at the place; empty when nothing does. */
    List<PolicyProblem> problems(PolicyPlace place, PolicyDocument document) {
        if (document.layer() != place.layer()) {
            String sentence = "a document published here has metadata.layer "
                    + place.layer().name().toLowerCase(Locale.ROOT);
            return List.of(new PolicyProblem(sentence, "metadata.layer", 1, 1, document.name()));
        }
        Set<PolicyProblem> found = new LinkedHashSet<>();
        for (TenantId tenant : place instanceof PolicyPlace.OfPlatform ? tenants.get() : List.of(place.owner())) {
            TenantSnapshot snapshot = snapshots.apply(tenant);
            PolicyEngine after = after(snapshot, place, document);
            List<ModelFacts> models = bound(snapshot, place);
            for (ModelFacts model : models) {
                found.addAll(brought(snapshot.policies(), after, tenant, model));
            }
            if (models.isEmpty() && after.policyFor(tenant, unknown(place)) instanceof Combination.Contradiction none) {
                found.addAll(none.problems());
            }
        }
        return List.copyOf(found);
    }

    private static PolicyEngine after(TenantSnapshot snapshot, PolicyPlace place, PolicyDocument document) {
        TenantLayers now = snapshot.layers();
        return switch (place) {
            case PolicyPlace.OfPlatform platform -> snapshot.policies().withPlatform(document);
            case PolicyPlace.OfTenant(TenantId tenant) ->
                snapshot.policies().with(tenant, new TenantLayers(now.packs(), document, now.models()));
            case PolicyPlace.OfModel(TenantId tenant, ModelName model) -> {
                Map<ModelName, PolicyDocument> models = new LinkedHashMap<>(now.models());
                models.put(model, document);
                yield snapshot.policies().with(tenant, new TenantLayers(now.packs(), now.tenant(), models));
            }
        };
    }

    private static List<ModelFacts> bound(TenantSnapshot snapshot, PolicyPlace place) {
        return place instanceof PolicyPlace.OfModel(TenantId tenant, ModelName model)
                ? snapshot.facts().stream()
                        .filter(facts -> facts.model().equals(model))
                        .toList()
                : snapshot.facts();
    }

    /** Stands for a model that is not there yet: layers can contradict each other without one. */
    private static ModelFacts unknown(PolicyPlace place) {
        ModelName name = place instanceof PolicyPlace.OfModel(TenantId tenant, ModelName model) ? model : ANY;
        return new ModelFacts(name, new ModelVersion("1"), List.of(), true);
    }

    private static List<PolicyProblem> brought(
            PolicyEngine before, PolicyEngine after, TenantId tenant, ModelFacts model) {
        List<PolicyProblem> problems = new ArrayList<>(problems(after.policyFor(tenant, model)));
        problems.removeAll(problems(before.policyFor(tenant, model)));
        return problems;
    }

    private static List<PolicyProblem> problems(Combination combination) {
        return switch (combination) {
            case Combination.Contradiction contradiction -> contradiction.problems();
            case Combination.Effective(EffectivePolicy policy) -> policy.misfits();
        };
    }
}
