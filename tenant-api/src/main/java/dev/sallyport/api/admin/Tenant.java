package dev.sallyport.api.admin;

import dev.sallyport.policy.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * A customer of the platform.
 *
 * @param id the name under which everything of it is kept
 * @param name what people call it, 1 to 200 characters
 * @param packs ids of the shipped policy packs that bind it, for example {@code gdpr}
 * @param createdAt when it was created
 * @param suspended whether its calls are refused
 */
public record Tenant(TenantId id, String name, List<String> packs, Instant createdAt, boolean suspended) {
    /** Copies the packs. */
    public Tenant {
        packs = List.copyOf(packs);
    }
}
