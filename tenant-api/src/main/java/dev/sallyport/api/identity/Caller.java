package dev.sallyport.api.identity;

import dev.sallyport.policy.TenantId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A credential that was recognised, and what it may do.
 *
 * @param tenant whose key it is
 * @param keyId names the key in records; never the key
 * @param lineage id of the first key of the rotations that led to this one, its own where there were none; what counts
 *     by key counts by this, so that a rotation begins no count anew
 * @param role what it may do
 * @param scopes narrows it: {@code model:NAME}; empty for no narrowing
 * @param suspended whether its tenant is suspended, so that it may ask no model
 * @param purpose used when a call names none; null for no default
 * @param epochs the state under which this was read
 */
public record Caller(
        TenantId tenant,
        String keyId,
        String lineage,
        Role role,
        Set<String> scopes,
        boolean suspended,
        @Nullable String purpose,
        StateEpochs epochs) {
    /** Copies the scopes. */
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /**
     * Whether the scopes leave a model open to this credential.
     *
     * @param model the name under which the tenant knows it
     */
    public boolean mayAsk(String model) {
        return scopes.isEmpty() || scopes.contains("model:" + model);
    }
}
