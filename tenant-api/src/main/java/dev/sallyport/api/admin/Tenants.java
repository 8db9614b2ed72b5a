package dev.sallyport.api.admin;

import dev.sallyport.api.identity.Actor;
import dev.sallyport.policy.TenantId;
import java.util.List;
import java.util.Optional;

/** The platform's tenants. Every call blocks on the database: call it on a virtual thread. Safe for many threads. */
@SuppressWarnings("DoNotCallSuggester")
public final class Tenants {

    /**
     * Creates a tenant and records the act in the same transaction.
     *
     * @param id its name
     * @param name what people call it, 1 to 200 characters
     * @param packs shipped packs that bind it; may be empty
     * @param actor who asks
     * @return what became of it
     */
    public TenantCreation create(TenantId id, String name, List<String> packs, Actor actor) {
        throw new UnsupportedOperationException("tenants cannot be stored yet");
    }

    /**
     * Reads one tenant.
     *
     * @param id its name
     * @return the tenant; empty if there is none or it was deleted
     */
    public Optional<Tenant> find(TenantId id) {
        throw new UnsupportedOperationException("tenants cannot be stored yet");
    }

    /**
     * Reads all tenants that are not deleted, the platform itself left out.
     *
     * @return ordered by id
     */
    public List<Tenant> list() {
        throw new UnsupportedOperationException("tenants cannot be stored yet");
    }

    /**
     * Deletes a tenant: its keys stop working before this returns. Its records stay.
     *
     * @param id its name
     * @param actor who asks
     * @return false if there is none
     */
    public boolean delete(TenantId id, Actor actor) {
        throw new UnsupportedOperationException("tenants cannot be stored yet");
    }
}
