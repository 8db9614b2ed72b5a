package dev.sallyport.reports;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A published policy document that was in force at some time of the period.
 *
 * @param object where it was published, {@code tenants/acme-clinic/policy}
 * @param digest its SHA-256, 64 lower-case hexadecimal digits
 * @param from since when it was in force
 * @param until when another took its place or it was withdrawn; null when neither happened before the period's end
 * @param publishedBy the id of the principal that published it
 * @param published the id of the record of its publication
 */
public record PolicyInForce(
        String object,
        String digest,
        Instant from,
        @Nullable Instant until,
        String publishedBy,
        String published) {}
