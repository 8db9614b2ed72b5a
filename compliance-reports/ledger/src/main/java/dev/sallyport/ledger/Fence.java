package dev.sallyport.ledger;

import dev.sallyport.format.Epochs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of a flush were decided under: for each tenant, and for the platform, the newest epoch that one of
 * them saw. Epochs only rise, so a call with an older one is stale whatever the database says.
 *
 * @param tenants the newest epoch of each tenant
 * @param platform the platform's newest epoch; null when no call depends on any state
 */
record Fence(Map<String, Long> tenants, @Nullable Long platform) {

    static Fence of(List<Pending> calls) {
        var tenants = new TreeMap<String, Long>();
        Long platform = null;
        for (Pending call : calls) {
            Epochs epochs = call.epochs;
            if (epochs != null) {
                tenants.merge(call.tenant, epochs.tenant(), Math::max);
                platform = platform == null ? epochs.platform() : Long.valueOf(Math.max(platform, epochs.platform()));
            }
        }
        return new Fence(tenants, platform);
    }

    /** Whether a call was decided under an older state than another call of the same flush. */
    boolean isOutrun(Pending call) {
        Epochs epochs = call.epochs;
        return epochs != null
                && platform != null
                && (epochs.platform() < platform || epochs.tenant() < tenants.getOrDefault(call.tenant, 0L));
    }

    /** Whether a call must be decided again when the state of these tenants has moved on. */
    static boolean isStale(Pending call, Set<String> moved) {
        return call.epochs != null && (moved.contains("platform") || moved.contains(call.tenant));
    }
}
