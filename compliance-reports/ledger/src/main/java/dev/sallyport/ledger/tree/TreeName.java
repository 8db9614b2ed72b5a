package dev.sallyport.ledger.tree;

import dev.sallyport.policy.TenantId;

/** Which tree. */
public sealed interface TreeName {
    /**
     * A tenant's log, whose entries are envelopes.
     *
     * @param tenant the tenant, {@link TenantId#PLATFORM} being one
     */
    record OfTenant(TenantId tenant) implements TreeName {}

    /** The platform log, whose entries are the rounds. */
    record PlatformLog() implements TreeName {}

    /** Returns the name in the tables' column {@code tenant}. */
    default String column() {
        return switch (this) {
            case OfTenant(TenantId tenant) -> tenant.value();
            case PlatformLog log -> "";
        };
    }
}
