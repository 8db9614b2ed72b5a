package dev.sallyport.api.web;

import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.Caller;
import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.FormatException;
import dev.sallyport.policy.TenantId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of an operation, by somebody who may make it.
 *
 * @param caller who
 * @param path the path's parameters
 * @param query the query's parameters
 * @param headers the headers
 * @param body the body as it came; empty for none
 * @param requestId the id that the request is known by; null for none
 */
public record OperationCall(
        Caller caller,
        Map<String, String> path,
        MultiMap query,
        MultiMap headers,
        Buffer body,
        @Nullable String requestId) {

    /** The caller as an act's actor. */
    public Actor actor() {
        return new Actor(caller.tenant(), "key", caller.keyId(), caller.role(), requestId);
    }

    /**
     * A parameter of the path.
     *
     * @param name as in the OpenAPI document
     */
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the operation has no path parameter " + name);
        }
        return value;
    }

    /**
     * The tenant in the path, if the caller may see it.
     *
     * @throws Problem 404 for another tenant's key
     */
    public TenantId tenant() {
        return visible(path("tenant"));
    }

    /**
     * A tenant that was named, if the caller may see it: its own, and any for those of the platform.
     *
     * @param name the tenant's id as given
     * @throws Problem 404 otherwise, and for a name that no tenant can have
     */
    public TenantId visible(String name) {
        TenantId tenant;
        try {
            tenant = new TenantId(name);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound();
        }
        if (!ofPlatform() && !tenant.equals(caller.tenant())) {
            throw Problem.notFound();
        }
        return tenant;
    }

    /** Whether the caller is one of the platform's own. */
    public boolean ofPlatform() {
        return caller.tenant().equals(TenantId.PLATFORM);
    }

    /**
     * The body, which the OpenAPI document has as a JSON object. The check against that document takes the last of members
     * of one name, and a text that is none.
     *
     * @throws Problem 400 for a member given twice or an unpaired surrogate
     */
    public JsonObject json() {
        try {
            CanonicalJson.parse(body.getBytes());
        } catch (FormatException e) {
            throw Problem.malformed("the body cannot be read: " + e.getMessage());
        }
        return body.toJsonObject();
    }

    /**
     * A parameter of the query.
     *
     * @param name as in the OpenAPI document
     */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /**
     * Reads a time.
     *
     * @param name the member or parameter, for the error
     * @param text RFC 3339 time, or a date, which means its beginning in UTC; years 1970 to 9999 in UTC
     * @throws Problem 422 for anything else
     */
    public static Instant time(String name, String text) {
        try {
            OffsetDateTime time = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            // Java's years go further than RFC 3339's, the database's and the ids'.
            if (time.getYear() < 1970 || time.getYear() > 9999) {
                throw new DateTimeException("out of bounds");
            }
            return time.toInstant();
        } catch (DateTimeException e) {
            throw Problem.unprocessable(
                    name, name + " must be a time such as 2026-01-31T00:00:00Z, or a date, from 1970 to 9999");
        }
    }
}
