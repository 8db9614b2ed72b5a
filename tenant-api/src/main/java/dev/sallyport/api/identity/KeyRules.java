package dev.sallyport.api.identity;

import dev.sallyport.policy.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request for a key must be like. */
final class KeyRules {
    private static final int MOST_SCOPES = 64;
    private static final Pattern SCOPE = Pattern.compile("model:[A-Za-z0-9_.-]{1,128}");
    private static final Pattern PURPOSE = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    private KeyRules() {}

    /** The first fault of a request, or nothing. */
    static Optional<KeyIssue.Invalid> fault(TenantId tenant, KeyRequest request, Instant now) {
        if (!Names.fit(request.name())) {
            return fault("name", "a key's name is 1 to 200 characters, none of them a control character");
        }
        if (!request.role().grantable()) {
            return fault(
                    "role",
                    request.role().wireName()
                            + " is not supported yet; grantable are caller, tenant-admin, platform-admin, auditor");
        }
        if (!fits(tenant, request.role())) {
            return fault("role", "platform-admin belongs to the tenant platform, caller and tenant-admin to any other");
        }
        if (request.scopes().size() > MOST_SCOPES
                || !request.scopes().stream().allMatch(s -> SCOPE.matcher(s).matches())) {
            return fault("scopes", "a scope is model:NAME, and there are at most 64");
        }
        String purpose = request.purpose();
        if (purpose != null && !PURPOSE.matcher(purpose).matches()) {
            return fault("purpose", "a purpose is 1 to 128 of A-Z, a-z, 0-9, dot, hyphen and underscore");
        }
        Instant expires = request.expires();
        if (expires != null && !expires.isAfter(now)) {
            return fault("expires", "a key must expire in the future");
        }
        return Optional.empty();
    }

    private static boolean fits(TenantId tenant, Role role) {
        boolean platform = tenant.equals(TenantId.PLATFORM);
        return switch (role) {
            case PLATFORM_ADMIN -> platform;
            case AUDITOR -> true;
            case CALLER, TENANT_ADMIN, POLICY_EDITOR, REVIEWER, PRIVACY_OFFICER -> !platform;
        };
    }

    private static Optional<KeyIssue.Invalid> fault(String field, String sentence) {
        return Optional.of(new KeyIssue.Invalid(field, sentence));
    }
}
