package dev.sallyport.api.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wish for an API key.
 *
 * @param name what people call it, 1 to 200 characters
 * @param role what it may do
 * @param scopes narrows it: {@code model:NAME} allows that model only; empty allows all that the role allows
 * @param purpose used when a call names none; null for no default
 * @param expires from when on it is refused; null for never
 */
public record KeyRequest(
        String name,
        Role role,
        List<String> scopes,
        @Nullable String purpose,
        @Nullable Instant expires) {
    /** Copies the scopes. */
    public KeyRequest {
        scopes = List.copyOf(scopes);
    }
}
