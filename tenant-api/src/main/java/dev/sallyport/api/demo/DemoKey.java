package dev.sallyport.api.demo;

import dev.sallyport.api.identity.KeyRequest;
import dev.sallyport.api.identity.Role;
import dev.sallyport.policy.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key that the demo hands out.
 *
 * @param label the name under which the key file has it
 * @param tenant whose key it is
 * @param request what to ask for when it is issued; its name tells the demo's keys from others
 */
record DemoKey(String label, TenantId tenant, KeyRequest request) {
    /** Calls euro-credit's model with the small budget, and no other. */
    static final DemoKey TRIAL = of(
            "euro-credit-trial",
            DemoTenant.EURO_CREDIT.id(),
            Role.CALLER,
            List.of("model:" + DemoTenant.TRIAL.value()),
            DemoTenant.EURO_CREDIT.purpose());

    /** Administers the platform. */
    static final DemoKey ADMIN = of("admin", TenantId.PLATFORM, Role.PLATFORM_ADMIN, List.of(), null);

    /** Reads every tenant's records and makes reports. */
    static final DemoKey AUDITOR = of("auditor", TenantId.PLATFORM, Role.AUDITOR, List.of(), null);

    /** The key with which a tenant's programs call all its models. */
    static DemoKey caller(DemoTenant tenant) {
        return of(tenant.id().value(), tenant.id(), Role.CALLER, List.of(), tenant.purpose());
    }

    /** All of them; labels are distinct. */
    static List<DemoKey> all() {
        return List.of(caller(DemoTenant.ACME_CLINIC), caller(DemoTenant.EURO_CREDIT), TRIAL, ADMIN, AUDITOR);
    }

    private static DemoKey of(String label, TenantId tenant, Role role, List<String> scopes, @Nullable String purpose) {
        return new DemoKey(label, tenant, new KeyRequest("demo: " + label, role, scopes, purpose, null));
    }
}
