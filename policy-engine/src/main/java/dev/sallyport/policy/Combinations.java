package dev.sallyport.policy;

import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;

/**
 * The combinations that were worked out, the oldest forgotten first when there are too many. Shared by all snapshots of an
 * engine: what is kept for a tenant's state is never asked for under another.
 */
final class Combinations {
    /** A compiled policy takes some tens of kilobytes. */
    static final int MOST = 4_096;

    private record Key(TenantPolicies policies, ModelName model, ModelVersion version) {}

    private record Kept(ModelFacts facts, Combination combination) {}

    private final ConcurrentMap<Key, Kept> kept = new ConcurrentHashMap<>();
    private final Queue<Key> order = new ConcurrentLinkedQueue<>();

    /** The combination for a model; a model whose signature is another than last time is combined anew. */
    Combination get(TenantPolicies policies, ModelFacts model) {
        Key key = new Key(policies, model.model(), model.version());
        Kept found = kept.get(key);
        if (found != null && model.equals(found.facts)) {
            return found.combination;
        }
        Combination made = policies.combine(model);
        if (kept.put(key, new Kept(model, made)) == null) {
            order.add(key);
            forgetOldest();
        }
        return made;
    }

    private void forgetOldest() {
        while (kept.size() > MOST) {
            Key oldest = order.poll();
            if (oldest == null) {
                return;
            }
            kept.remove(oldest);
        }
    }

    int size() {
        return kept.size();
    }
}
