package dev.sallyport.api.gateway;

import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a path of the protocol asks for. A hand-written match rather than a router's list of patterns: it is asked at
 * every request, and most of them are the same.
 *
 * @param tenant the tenant of a prefix {@code /t/{tenant}}; null without one
 * @param call which call
 * @param model the model's name as written, which may be none; null where the call has none
 * @param version the version as written; null where there is none
 */
record OipPath(
        @Nullable String tenant,
        Call call,
        @Nullable String model,
        @Nullable String version) {

    /** The calls, each with its method. */
    enum Call {
        LIVE(false),
        READY(false),
        SERVER(false),
        METADATA(false),
        MODEL_READY(false),
        CONFIG(false),
        STATS(false),
        INFER(true),
        INDEX(true),
        UNKNOWN(false);

        private final boolean post;

        Call(boolean post) {
            this.post = post;
        }

        HttpMethod method() {
            return post ? HttpMethod.POST : HttpMethod.GET;
        }

        /** Whether it needs no credential. */
        boolean open() {
            return this == LIVE || this == READY;
        }
    }

    private static final Pattern TENANT = Pattern.compile("[a-z0-9-]{1,63}");

    /**
     * Reads a path as it came, not decoded.
     *
     * @return empty if it is not one of the protocol's
     */
    static Optional<OipPath> parse(String path) {
        String[] parts = path.split("/", -1);
        boolean prefixed = parts.length > 3 && parts[1].equals("t") && parts[3].equals("v2");
        int start = prefixed ? 4 : 2;
        if (!prefixed && !(parts.length > 1 && parts[1].equals("v2"))) {
            return Optional.empty();
        }
        // A prefix that can be nobody's is treated as another tenant's.
        String tenant = !prefixed ? null : TENANT.matcher(parts[2]).matches() ? parts[2] : "";
        return Optional.of(rest(tenant, parts, start));
    }

    private static OipPath rest(@Nullable String tenant, String[] parts, int start) {
        int left = parts.length - start;
        if (left == 0 || (left == 1 && parts[start].isEmpty())) {
            return new OipPath(tenant, Call.SERVER, null, null);
        }
        if (left >= 2 && parts[start].equals("models")) {
            return model(tenant, parts, start + 1);
        }
        if (left == 2 && parts[start].equals("health")) {
            return new OipPath(tenant, health(parts[start + 1]), null, null);
        }
        if (left == 2 && parts[start].equals("repository") && parts[start + 1].equals("index")) {
            return new OipPath(tenant, Call.INDEX, null, null);
        }
        return new OipPath(tenant, Call.UNKNOWN, null, null);
    }

    private static Call health(String which) {
        return switch (which) {
            case "live" -> Call.LIVE;
            case "ready" -> Call.READY;
            default -> Call.UNKNOWN;
        };
    }

    private static OipPath model(@Nullable String tenant, String[] parts, int start) {
        String model = parts[start];
        int at = start + 1;
        String version = null;
        if (parts.length >= at + 2 && parts[at].equals("versions")) {
            version = parts[at + 1];
            at += 2;
        }
        if (parts.length > at + 1) {
            return new OipPath(tenant, Call.UNKNOWN, null, null);
        }
        return new OipPath(tenant, parts.length == at ? Call.METADATA : modelCall(parts[at]), model, version);
    }

    private static Call modelCall(String name) {
        return switch (name) {
            case "infer" -> Call.INFER;
            case "ready" -> Call.MODEL_READY;
            case "config" -> Call.CONFIG;
            case "stats" -> Call.STATS;
            default -> Call.UNKNOWN;
        };
    }

    /** The model's name, if it is one. */
    Optional<ModelName> modelName() {
        return made(() -> new ModelName(String.valueOf(model)));
    }

    /** Whether a version is named that cannot be one. */
    boolean versionMalformed() {
        return version != null && modelVersion() == null;
    }

    /** The version; null where none is named or it cannot be one. */
    @Nullable
    ModelVersion modelVersion() {
        return version == null ? null : made(() -> new ModelVersion(version)).orElse(null);
    }

    private static <T> Optional<T> made(java.util.function.Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
