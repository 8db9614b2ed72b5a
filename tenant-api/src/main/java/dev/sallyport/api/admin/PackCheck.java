package dev.sallyport.api.admin;

import dev.sallyport.api.state.TenantSnapshot;
import dev.sallyport.policy.TenantId;
import dev.sallyport.policy.TenantLayers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Whether packs go with the platform's layer and with each other. */
public final class PackCheck {
    private final Set<String> installed;
    private final Function<TenantId, TenantSnapshot> snapshots;

    /**
     * Makes the one instance.
     *
     * @param installed the ids of the packs that tenants may choose
     * @param snapshots reads what a tenant's calls are decided from, as it is now; blocks
     */
    public PackCheck(Set<String> installed, Function<TenantId, TenantSnapshot> snapshots) {
        this.installed = Set.copyOf(installed);
        this.snapshots = snapshots;
    }

    /** The ids of the packs that tenants may choose. */
    Set<String> installed() {
        return new TreeSet<>(installed);
    }

    /** Checks the packs of a tenant that is to be created. */
    Checked creation(TenantId tenant, List<String> packs) {
        TenantSnapshot snapshot = snapshots.apply(tenant);
        var after = snapshot.policies().with(tenant, new TenantLayers(packs, null, Map.of()));
        return new Checked(
                UnknownModel.contradictions(after.policyFor(tenant, UnknownModel.named(UnknownModel.ANY))),
                new Checked.Basis.OfTenant(snapshot.epochs()));
    }
}
