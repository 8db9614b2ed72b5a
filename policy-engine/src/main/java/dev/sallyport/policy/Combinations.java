package dev.sallyport.policy;

import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

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

    /** The combination for a model, where it was worked out before; waits for nothing. */
    @Nullable
    Combination known(TenantPolicies policies, ModelFacts model) {
        Kept found = kept.get(new Key(policies, model.model(), model.version()));
        return found != null && model.equals(found.facts) ? found.combination : null;
    }

    /**
     * The combination for a model; a model whose signature is another than last time is combined anew. Of several that ask
     * at once, one works it out and the others wait.
     */
    Combination get(TenantPolicies policies, ModelFacts model) {
        Key key = new Key(policies, model.model(), model.version());
        Kept found = kept.compute(
                key,
                (k, before) -> before != null && model.equals(before.facts) ? before : made(k, model, before == null));
        forgetOldest();
        return found.combination;
    }

    private Kept made(Key key, ModelFacts model, boolean isNew) {
        Kept made = new Kept(model, key.policies.combine(model));
        if (isNew) {
            order.add(key);
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
