package dev.sallyport.ledger;

import dev.sallyport.format.Act;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Principal;
import dev.sallyport.format.RecordBuilder;
import dev.sallyport.format.RecordKind;
import dev.sallyport.format.RetentionClass;
import dev.sallyport.format.Ulid;
import dev.sallyport.policy.TenantId;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Mints record ids and begins records with what every record of this node has. Thread-safe. */
public final class RecordMint {
    private final InstantSource clock;
    private final Ulid.Factory ids;
    private final String node;
    private final LongSupplier generation;
    private final String software;
    private final Function<TenantId, RetentionClass> classes;

    /**
     * Makes a mint.
     *
     * @param clock when records are made
     * @param ids their ids
     * @param node the node's name
     * @param generation the node's generation, asked for each record
     * @param software the version of the service
     */
    public RecordMint(InstantSource clock, Ulid.Factory ids, String node, LongSupplier generation, String software) {
        this(clock, ids, node, generation, software, tenant -> RetentionClass.STANDARD);
    }

    private RecordMint(
            InstantSource clock,
            Ulid.Factory ids,
            String node,
            LongSupplier generation,
            String software,
            Function<TenantId, RetentionClass> classes) {
        this.clock = clock;
        this.ids = ids;
        this.node = node;
        this.generation = generation;
        this.software = software;
        this.classes = classes;
    }

    /**
     * Returns a mint like this one whose decisions are kept for as long as their tenant's policy asks.
     *
     * @param retention the class of a tenant's decisions; does not block
     */
    public RecordMint keeping(Function<TenantId, RetentionClass> retention) {
        return new RecordMint(clock, ids, node, generation, software, retention);
    }

    /** Returns a new record id. */
    public String id() {
        return ids.next().toString();
    }

    /**
     * Begins the record of a decision, made now, kept for as long as the tenant's policy asks.
     *
     * @param id from {@link #id()}, minted within the last day
     */
    public RecordBuilder decision(String id, TenantId tenant, Principal principal, String action, Effect effect) {
        return begin(RecordKind.DECISION, id, tenant, principal, action)
                .effect(effect)
                .retention(classes.apply(tenant));
    }

    /** Begins the record of an act, done now, kept for long. */
    public RecordBuilder act(TenantId tenant, Principal principal, String action, Act act) {
        return begin(RecordKind.ACT, id(), tenant, principal, action).act(act).retention(RetentionClass.LONG);
    }

    /** Begins the record of an observation, made now by a part of the service, kept for long. */
    public RecordBuilder observation(TenantId tenant, String part, String action, Act seen) {
        return begin(RecordKind.OBSERVATION, id(), tenant, Principal.system(part), action)
                .act(seen)
                .retention(RetentionClass.LONG);
    }

    private RecordBuilder begin(RecordKind kind, String id, TenantId tenant, Principal principal, String action) {
        return new RecordBuilder(
                        kind, id, tenant.value(), clock.instant(), node, generation.getAsLong(), principal, action)
                .software(software);
    }
}
