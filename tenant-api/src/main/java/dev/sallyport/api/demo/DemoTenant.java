package dev.sallyport.api.demo;

import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.TenantId;
import java.util.List;

/**
 * One of the demo's two tenants.
 *
 * @param id its name
 * @param name what people call it
 * @param packs the policy packs that bind it
 * @param purpose what its keys call models for, unless a call says otherwise
 * @param grants the models that it may call
 */
record DemoTenant(TenantId id, String name, List<String> packs, String purpose, List<Grant> grants) {
    /** The alias under which euro-credit may try {@code credit-score}, a few rows a minute. */
    static final ModelName TRIAL = new ModelName("credit-score-trial");

    /** A hospital in the United States. */
    static final DemoTenant ACME_CLINIC = new DemoTenant(
            new TenantId("acme-clinic"),
            "Acme Clinic",
            List.of("hipaa"),
            "care-coordination",
            List.of(Grant.of(DemoModels.DIGITS), Grant.of(DemoModels.READMISSION_RISK), Grant.of(DemoModels.SIMPLE)));

    /** A lender in the European Union. */
    static final DemoTenant EURO_CREDIT = new DemoTenant(
            new TenantId("euro-credit"),
            "Euro Credit",
            List.of("gdpr"),
            "credit-decision",
            List.of(
                    Grant.of(DemoModels.CREDIT_SCORE),
                    new Grant(TRIAL, DemoModels.CREDIT_SCORE),
                    Grant.of(DemoModels.DIGITS),
                    Grant.of(DemoModels.SIMPLE)));

    /**
     * A model that a tenant may call.
     *
     * @param alias the tenant's name for it
     * @param model the platform's model
     */
    record Grant(ModelName alias, DemoModel model) {
        static Grant of(DemoModel model) {
            return new Grant(model.name(), model);
        }
    }

    /** Both tenants, ordered by id. */
    static List<DemoTenant> all() {
        return List.of(ACME_CLINIC, EURO_CREDIT);
    }
}
