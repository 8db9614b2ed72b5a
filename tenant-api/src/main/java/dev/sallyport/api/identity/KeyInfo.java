package dev.sallyport.api.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of an API key. Never the key itself, nor its hash.
 *
 * @param id names the key in records and routes
 * @param lineage id of the first key of the rotations that led to this one; its own where there were none
 * @param name what people call it
 * @param role what it may do
 * @param scopes narrows it; empty for no narrowing
 * @param purpose used when a call names none; null for no default
 * @param createdAt when it was issued
 * @param expiresAt from when on it is refused; null for never
 * @param revokedAt when it was revoked; null while it is not
 */
public record KeyInfo(
        String id,
        String lineage,
        String name,
        Role role,
        List<String> scopes,
        @Nullable String purpose,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {
    /** Copies the scopes. */
    public KeyInfo {
        scopes = List.copyOf(scopes);
    }

    /** Whether it works at a moment. */
    boolean live(Instant now) {
        return revokedAt == null && (expiresAt == null || expiresAt.isAfter(now));
    }

    /** The request that would issue another like it. */
    KeyRequest request() {
        return new KeyRequest(name, role, scopes, purpose, expiresAt);
    }
}
