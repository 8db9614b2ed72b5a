package dev.sallyport.api.admin;

import dev.sallyport.api.state.TenantSnapshot;
import dev.sallyport.policy.Combination;
import dev.sallyport.policy.EffectivePolicy;
import dev.sallyport.policy.ModelFacts;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.PolicyDocument;
import dev.sallyport.policy.PolicyEngine;
import dev.sallyport.policy.PolicyProblem;
import dev.sallyport.policy.TenantId;
import dev.sallyport.policy.TenantLayers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a document goes with the other layers and with the models that it would bind. Only what a change brings in
 * counts: contradictions and misfits that are there without it are not its fault.
 */
public final class PolicyCheck {
    private final Function<TenantId, TenantSnapshot> snapshots;
    private final Supplier<List<TenantId>> tenants;
    private final LongSupplier total;

    /**
     * Makes the one instance.
     *
     * @param snapshots reads what a tenant's calls are decided from, as it is now; blocks
     * @param tenants all tenants; blocks
     * @param total the sum of all epochs; blocks
     */
    public PolicyCheck(
            Function<TenantId, TenantSnapshot> snapshots, Supplier<List<TenantId>> tenants, LongSupplier total) {
        this.snapshots = snapshots;
        this.tenants = tenants;
        this.total = total;
    }

    /** Checks a document that is to be published at a place. */
    Checked publication(PolicyPlace place, PolicyDocument document) {
        return check(place, document);
    }

    /** Checks that a place's document can be taken away: other documents may extend it. */
    Checked withdrawal(PolicyPlace place) {
        return check(place, null);
    }

    private Checked check(PolicyPlace place, @Nullable PolicyDocument document) {
        Set<PolicyProblem> found = new LinkedHashSet<>();
        if (place instanceof PolicyPlace.OfPlatform && document != null) {
            // Read first: whatever changes from here on makes the check be made again.
            long before = total.getAsLong();
            for (TenantId tenant : tenants.get()) {
                TenantSnapshot snapshot = snapshots.apply(tenant);
                found.addAll(
                        brought(snapshot, snapshot.layers(), snapshot.policies().withPlatform(document), null));
            }
            return new Checked(List.copyOf(found), new Checked.Basis.OfAll(before));
        }
        TenantSnapshot snapshot = snapshots.apply(place.owner());
        ModelName only = place instanceof PolicyPlace.OfModel(TenantId tenant, ModelName model) ? model : null;
        TenantLayers layers = after(snapshot.layers(), place, document);
        found.addAll(brought(snapshot, layers, snapshot.policies().with(place.owner(), layers), only));
        return new Checked(List.copyOf(found), new Checked.Basis.OfTenant(snapshot.epochs()));
    }

    private static TenantLayers after(TenantLayers now, PolicyPlace place, @Nullable PolicyDocument document) {
        return switch (place) {
            case PolicyPlace.OfPlatform platform -> now;
            case PolicyPlace.OfTenant tenant -> new TenantLayers(now.packs(), document, now.models());
            case PolicyPlace.OfModel(TenantId tenant, ModelName model) -> {
                Map<ModelName, PolicyDocument> models = new LinkedHashMap<>(now.models());
                if (document == null) {
                    models.remove(model);
                } else {
                    models.put(model, document);
                }
                yield new TenantLayers(now.packs(), now.tenant(), models);
            }
        };
    }

    /** What a change brings in for the models that it binds: all of the tenant's, or only one. */
    private static Set<PolicyProblem> brought(
            TenantSnapshot before, TenantLayers layers, PolicyEngine after, @Nullable ModelName only) {
        Set<PolicyProblem> problems = new LinkedHashSet<>();
        Set<ModelName> known = new LinkedHashSet<>();
        for (ModelFacts model : before.facts()) {
            known.add(model.model());
            if (only == null || model.model().equals(only)) {
                problems.addAll(brought(before, after, model, PolicyCheck::problems));
            }
        }
        // Layers can contradict each other before the model is there.
        Set<ModelName> unknown = new LinkedHashSet<>();
        if (only == null) {
            unknown.add(UnknownModel.ANY);
            unknown.addAll(layers.models().keySet());
        } else {
            unknown.add(only);
        }
        unknown.removeAll(known);
        for (ModelName name : unknown) {
            problems.addAll(brought(before, after, UnknownModel.named(name), UnknownModel::contradictions));
        }
        return problems;
    }

    private static List<PolicyProblem> brought(
            TenantSnapshot before,
            PolicyEngine after,
            ModelFacts model,
            Function<Combination, List<PolicyProblem>> problems) {
        List<PolicyProblem> now = new ArrayList<>(problems.apply(after.policyFor(before.tenant(), model)));
        now.removeAll(problems.apply(before.policies().policyFor(before.tenant(), model)));
        return now;
    }

    private static List<PolicyProblem> problems(Combination combination) {
        return switch (combination) {
            case Combination.Contradiction contradiction -> contradiction.problems();
            case Combination.Effective(EffectivePolicy policy) -> policy.misfits();
        };
    }
}
