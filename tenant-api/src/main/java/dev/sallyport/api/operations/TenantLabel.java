package dev.sallyport.api.operations;

import dev.sallyport.policy.TenantId;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/** The label that tells tenants apart, where the operator asks for it; bounded. */
final class TenantLabel {
    private static final int TENANTS = 200;

    private final boolean on;
    private final BoundedLabel values = new BoundedLabel(TENANTS);

    /** @param on whether there is such a label */
    TenantLabel(boolean on) {
        this.on = on;
    }

    /** Returns the label's value; empty without a tenant, and without the label. */
    String of(@Nullable TenantId tenant) {
        return on && tenant != null ? values.of(tenant.value()) : "";
    }

    Tags and(Tags tags, String value) {
        return on ? tags.and("tenant", value) : tags;
    }
}
