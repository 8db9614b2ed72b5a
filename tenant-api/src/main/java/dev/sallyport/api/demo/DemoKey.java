package dev.sallyport.api.demo;

import dev.sallyport.api.identity.KeyRequest;
import dev.sallyport.api.identity.Role;
import dev.sallyport.policy.TenantId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The API keys that the demo hands out. */
enum DemoKey {
    /** Calls acme-clinic's models. */
    ACME_CLINIC(DemoTenant.ACME_CLINIC.id(), Role.CALLER, List.of(), DemoTenant.ACME_CLINIC.purpose()),
    /** Calls euro-credit's models. */
    EURO_CREDIT(DemoTenant.EURO_CREDIT.id(), Role.CALLER, List.of(), DemoTenant.EURO_CREDIT.purpose()),
    /** Calls euro-credit's model with the small budget, and no other. */
    EURO_CREDIT_TRIAL(
            DemoTenant.EURO_CREDIT.id(),
            Role.CALLER,
            List.of("model:" + DemoTenant.TRIAL.value()),
            DemoTenant.EURO_CREDIT.purpose()),
    /** Administers the platform. */
    ADMIN(TenantId.PLATFORM, Role.PLATFORM_ADMIN, List.of(), null),
    /** Reads every tenant's records and makes reports. */
    AUDITOR(TenantId.PLATFORM, Role.AUDITOR, List.of(), null);

    private final TenantId tenant;
    private final Role role;
    private final List<String> scopes;
    private final @Nullable String purpose;

    DemoKey(TenantId tenant, Role role, List<String> scopes, @Nullable String purpose) {
        this.tenant = tenant;
        this.role = role;
        this.scopes = scopes;
        this.purpose = purpose;
    }

    /** Whose key it is. */
    TenantId tenant() {
        return tenant;
    }

    /** The name under which the key file has it, for example {@code euro-credit-trial}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What to ask for when it is issued. */
    KeyRequest request() {
        return new KeyRequest("demo: " + label(), role, scopes, purpose, null);
    }
}
