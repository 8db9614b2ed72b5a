package dev.sallyport.api.identity;

import dev.sallyport.policy.TenantId;
import java.util.List;

/**
 * The tenants' API keys. A change is final when a call returns: no answer decided under the old state can be recorded
 * afterwards. Every call blocks on the database: call it on a virtual thread. Safe for many threads.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Keys {

    /**
     * Issues a key and records the act in the same transaction.
     *
     * @param tenant whose key it is; {@code platform} for platform administrators and the platform's auditors
     * @param request what is wanted
     * @param actor who asks
     * @return what became of it
     */
    public KeyIssue issue(TenantId tenant, KeyRequest request, Actor actor) {
        throw new UnsupportedOperationException("keys cannot be stored yet");
    }

    /**
     * Replaces a key by a new one of the same name, role, scopes, purpose and expiry; the old one is refused from now
     * on.
     *
     * @param tenant whose key it is
     * @param id the key to replace
     * @param actor who asks
     * @return the new key; unknown if the tenant has no live key of this id
     */
    public KeyIssue rotate(TenantId tenant, String id, Actor actor) {
        throw new UnsupportedOperationException("keys cannot be stored yet");
    }

    /**
     * Revokes a key.
     *
     * @param tenant whose key it is
     * @param id the key
     * @param actor who asks
     * @return false if the tenant has no live key of this id
     */
    public boolean revoke(TenantId tenant, String id, Actor actor) {
        throw new UnsupportedOperationException("keys cannot be stored yet");
    }

    /**
     * Reads a tenant's keys, revoked and expired ones included.
     *
     * @param tenant whose keys
     * @return ordered by creation
     */
    public List<KeyInfo> list(TenantId tenant) {
        throw new UnsupportedOperationException("keys cannot be stored yet");
    }
}
