package dev.sallyport.api.state;

import dev.sallyport.api.gateway.Catalogue;
import dev.sallyport.api.gateway.GrantedModel;
import dev.sallyport.api.gateway.Policies;
import dev.sallyport.api.gateway.PolicyLookup;
import dev.sallyport.api.gateway.TenantState;
import dev.sallyport.format.RetentionClass;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.policy.Combination;
import dev.sallyport.policy.ModelFacts;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tenants' snapshots in memory. One that could not be read is not kept: the next call asks again. Safe for many
 * threads.
 */
public final class TenantSnapshots implements Catalogue, Policies, TenantState {
    private final Vertx vertx;
    private final Function<TenantId, TenantSnapshot> reader;
    private final Consumer<TenantId> forgetCallers;
    private final Executor blocking;
    private final Map<TenantId, Slot<TenantSnapshot>> slots = new ConcurrentHashMap<>();

    /**
     * Makes the one instance.
     *
     * @param vertx completes on its contexts
     * @param reader reads a snapshot; blocks
     * @param forgetCallers drops a tenant's callers from the cache of credentials
     * @param blocking runs what blocks, a virtual thread each
     */
    public TenantSnapshots(
            Vertx vertx,
            Function<TenantId, TenantSnapshot> reader,
            Consumer<TenantId> forgetCallers,
            Executor blocking) {
        this.vertx = vertx;
        this.reader = reader;
        this.forgetCallers = forgetCallers;
        this.blocking = blocking;
    }

    @Override
    public Future<Optional<GrantedModel>> find(TenantId tenant, ModelName alias, @Nullable ModelVersion version) {
        return snapshot(tenant)
                .map(snapshot -> snapshot.versions(alias).flatMap(v -> model(snapshot, alias, v, version)));
    }

    @Override
    public Future<List<GrantedModel>> list(TenantId tenant) {
        return snapshot(tenant)
                .map(snapshot -> snapshot.models().entrySet().stream()
                        .flatMap(entry ->
                                model(snapshot, new ModelName(entry.getKey()), entry.getValue(), null).stream())
                        .toList());
    }

    @Override
    public Future<PolicyLookup> policyFor(TenantId tenant, GrantedModel model) {
        return snapshot(tenant)
                .compose(snapshot -> combination(snapshot, model.facts())
                        .<PolicyLookup>map(policy -> new PolicyLookup.Found(policy, snapshot.epochs())))
                .otherwise(failure -> new PolicyLookup.Unavailable());
    }

    /** Layers are combined, which takes milliseconds, on a thread of their own at first use; an event loop looks it up. */
    private Future<Combination> combination(TenantSnapshot snapshot, ModelFacts model) {
        Optional<Combination> known = snapshot.policies().known(snapshot.tenant(), model);
        if (known.isPresent()) {
            return Future.succeededFuture(known.get());
        }
        return Future.fromCompletionStage(
                CompletableFuture.supplyAsync(() -> snapshot.policies().policyFor(snapshot.tenant(), model), blocking),
                vertx.getOrCreateContext());
    }

    @Override
    public Future<Void> reload(TenantId tenant) {
        forgetCallers.accept(tenant);
        slot(tenant).forget();
        return snapshot(tenant).mapEmpty();
    }

    /**
     * How long records of a tenant's decisions are kept. While that is not in memory, as for the first refusals after a
     * start or a change: the longest, which is long enough whatever the policy asks. Does not block.
     *
     * @param tenant the tenant
     * @return the class of a record that is written now
     */
    public RetentionClass retention(TenantId tenant) {
        TenantSnapshot snapshot = slot(tenant).peek();
        return snapshot == null ? RetentionClass.LONG : snapshot.retention();
    }

    /**
     * Forgets what an act has changed.
     *
     * @param tenant whose state it changed; {@code platform} forgets every tenant's
     */
    public void forget(TenantId tenant) {
        if (tenant.equals(TenantId.PLATFORM)) {
            slots.values().forEach(Slot::forget);
        } else {
            slot(tenant).forget();
        }
    }

    /**
     * A tenant's snapshot, for who may wait. Blocks unless it is in memory.
     *
     * @param tenant the tenant
     * @throws dev.sallyport.ledger.LedgerException if the database cannot be asked
     */
    public TenantSnapshot await(TenantId tenant) {
        try {
            return slot(tenant).get().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Future<TenantSnapshot> snapshot(TenantId tenant) {
        CompletableFuture<TenantSnapshot> reading = slot(tenant).get();
        if (reading.isDone() && !reading.isCompletedExceptionally()) {
            return Future.succeededFuture(reading.join());
        }
        return Future.fromCompletionStage(reading, vertx.getOrCreateContext());
    }

    private Slot<TenantSnapshot> slot(TenantId tenant) {
        return slots.computeIfAbsent(tenant, t -> new Slot<>(() -> reader.apply(t), blocking));
    }

    private static Optional<GrantedModel> model(
            TenantSnapshot snapshot,
            ModelName alias,
            NavigableMap<ModelVersion, ModelManifest> versions,
            @Nullable ModelVersion version) {
        ModelManifest manifest = version == null ? versions.lastEntry().getValue() : versions.get(version);
        return Optional.ofNullable(manifest)
                .map(m ->
                        new GrantedModel(alias, m, m.facts(alias), List.copyOf(versions.keySet()), snapshot.epochs()));
    }
}
