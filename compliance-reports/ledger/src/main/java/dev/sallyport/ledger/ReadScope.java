package dev.sallyport.ledger;

import dev.sallyport.policy.TenantId;

/** Whose records an auditor reads. */
public sealed interface ReadScope {
    /**
     * One tenant's.
     *
     * @param tenant the tenant
     */
    record OneTenant(TenantId tenant) implements ReadScope {}

    /** Everyone's: for the platform's auditors. */
    record Everyone() implements ReadScope {}
}
