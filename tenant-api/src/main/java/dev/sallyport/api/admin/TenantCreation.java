package dev.sallyport.api.admin;

/** What became of the wish to create a tenant. */
public sealed interface TenantCreation {
    /**
     * It exists now, and a record says who created it.
     *
     * @param tenant the tenant as stored
     */
    record Created(Tenant tenant) implements TenantCreation {}

    /**
     * A tenant of this id exists, or existed: ids are never given twice.
     *
     * @param id the id asked for
     */
    record Taken(String id) implements TenantCreation {}

    /** Policies change faster than the packs can be checked against them: nothing was done. */
    record Contended() implements TenantCreation {}

    /**
     * The request itself is wrong.
     *
     * @param field the member at fault
     * @param sentence what is wrong and what is allowed
     */
    record Invalid(String field, String sentence) implements TenantCreation {}
}
