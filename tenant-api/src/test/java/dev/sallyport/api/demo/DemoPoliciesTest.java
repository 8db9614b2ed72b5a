package dev.sallyport.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.admin.PolicyPlace;
import dev.sallyport.policy.AdmitFacts;
import dev.sallyport.policy.Combination;
import dev.sallyport.policy.Decision;
import dev.sallyport.policy.EffectivePolicy;
import dev.sallyport.policy.InputFields;
import dev.sallyport.policy.InspectFacts;
import dev.sallyport.policy.Inspection;
import dev.sallyport.policy.ModelFacts;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.Packs;
import dev.sallyport.policy.ParseResult;
import dev.sallyport.policy.PolicyDocument;
import dev.sallyport.policy.PolicyEngine;
import dev.sallyport.policy.PolicyParser;
import dev.sallyport.policy.PolicySet;
import dev.sallyport.policy.TenantId;
import dev.sallyport.policy.TenantLayers;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DemoPoliciesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void everyGrant_combined_fitsItsModelAndIsCovered() throws IOException {
        for (DemoTenant tenant : DemoTenant.all()) {
            for (DemoTenant.Grant grant : tenant.grants()) {
                EffectivePolicy policy = policy(tenant, grant);
                assertThat(policy.misfits()).as(grant.alias().value()).isEmpty();
                assertThat(admit(policy, tenant, grant, tenant.purpose(), 1))
                        .as(grant.alias().value())
                        .isInstanceOf(Decision.Permit.class);
            }
        }
    }

    @Test
    void simple_ordinaryKey_bearsLoad() throws IOException {
        for (DemoTenant tenant : DemoTenant.all()) {
            EffectivePolicy policy = policy(tenant, grant(tenant, "simple"));
            assertThat(policy.budgets()).allMatch(budget -> budget.limit() >= 1_000_000);
            assertThat(policy.rates()).allMatch(rate -> rate.permits() >= 10_000 && rate.burst() >= 10_000);
        }
    }

    @Test
    void creditScore_marketing_isDenied() throws IOException {
        DemoTenant tenant = DemoTenant.EURO_CREDIT;
        DemoTenant.Grant grant = grant(tenant, "credit-score");
        assertThat(admit(policy(tenant, grant), tenant, grant, "marketing", 1))
                .isInstanceOfSatisfying(
                        Decision.Deny.class, denied -> assertThat(denied.code()).isEqualTo("PURPOSE_NOT_ALLOWED"));
    }

    @Test
    void trial_threeRowsAMinute_isItsSmallestBudget() throws IOException {
        EffectivePolicy policy = policy(DemoTenant.EURO_CREDIT, grant(DemoTenant.EURO_CREDIT, "credit-score-trial"));
        assertThat(policy.budgets())
                .anyMatch(budget -> budget.limit() == 3 && budget.id().equals("trial-minute"));
    }

    @Test
    void readmissionRisk_numberOfSocialSecurityInTheNote_isDeniedByALine() throws IOException {
        Decision decision = note("SSN 536-22-8145").decision();
        assertThat(decision).isInstanceOfSatisfying(Decision.Deny.class, denied -> {
            assertThat(denied.code()).isEqualTo("SSN_IN_TEXT");
            assertThat(denied.determining()).anySatisfy(rule -> {
                assertThat(rule.place()).startsWith("tenant/acme-clinic:");
                assertThat(rule.controls()).contains("HIPAA-164.502.b");
            });
        });
    }

    @Test
    void readmissionRisk_addressAndRecordNumberInTheNote_areRedacted() throws IOException {
        Inspection inspection = note("Daughter: mia@example.org. MRN 00482913.");
        assertThat(inspection.decision()).isInstanceOf(Decision.Permit.class);
        assertThat(inspection.replaced()).containsEntry("free_text", List.of("Daughter: [EMAIL]. MRN [MRN]."));
    }

    @Test
    void digits_tenants_seeWhatTheirPolicySays() throws IOException {
        assertThat(tier(DemoTenant.ACME_CLINIC)).isEqualTo("topk:3");
        assertThat(tier(DemoTenant.EURO_CREDIT)).isEqualTo("label");
    }

    private static String tier(DemoTenant tenant) throws IOException {
        return policy(tenant, grant(tenant, "digits")).obligations().output().tier();
    }

    private static Inspection note(String text) throws IOException {
        DemoTenant tenant = DemoTenant.ACME_CLINIC;
        DemoTenant.Grant grant = grant(tenant, "readmission-risk");
        return policy(tenant, grant)
                .inspect(new InspectFacts(facts(tenant, grant, tenant.purpose(), 1), new Note(text)));
    }

    private static Decision admit(
            EffectivePolicy policy, DemoTenant tenant, DemoTenant.Grant grant, String purpose, int rows) {
        return policy.admit(facts(tenant, grant, purpose, rows)).decision();
    }

    private static AdmitFacts facts(DemoTenant tenant, DemoTenant.Grant grant, @Nullable String purpose, int rows) {
        return new AdmitFacts(
                tenant.id(), "key", "caller", List.of(), model(grant), "predict", purpose, rows, false, 500, null, NOW);
    }

    private static DemoTenant.Grant grant(DemoTenant tenant, String alias) {
        return tenant.grants().stream()
                .filter(grant -> grant.alias().value().equals(alias))
                .findFirst()
                .orElseThrow();
    }

    private static ModelFacts model(DemoTenant.Grant grant) {
        return grant.model().manifest(new byte[0]).facts(grant.alias());
    }

    private static EffectivePolicy policy(DemoTenant tenant, DemoTenant.Grant grant) throws IOException {
        Map<TenantId, TenantLayers> layers = new HashMap<>();
        for (DemoTenant each : DemoTenant.all()) {
            layers.put(each.id(), layers(each));
        }
        PolicyEngine engine = PolicyEngine.of(new PolicySet(Packs.baseline(), Packs.shipped(), layers));
        return switch (engine.policyFor(tenant.id(), model(grant))) {
            case Combination.Effective(EffectivePolicy policy) -> policy;
            case Combination.Contradiction contradiction -> throw new AssertionError(contradiction);
        };
    }

    private static TenantLayers layers(DemoTenant tenant) throws IOException {
        PolicyDocument own = null;
        Map<ModelName, PolicyDocument> models = new HashMap<>();
        for (Map.Entry<PolicyPlace, String> document : DemoPolicies.of(tenant).entrySet()) {
            PolicyDocument parsed = parse(document.getValue());
            assertThat(parsed.layer()).isEqualTo(document.getKey().layer());
            switch (document.getKey()) {
                case PolicyPlace.OfPlatform place -> throw new AssertionError(place);
                case PolicyPlace.OfTenant place -> own = parsed;
                case PolicyPlace.OfModel(TenantId of, ModelName model) -> models.put(model, parsed);
            }
        }
        return new TenantLayers(tenant.packs(), own, models);
    }

    private static PolicyDocument parse(String source) {
        return switch (PolicyParser.parse("demo", source)) {
            case ParseResult.Parsed(PolicyDocument document) -> document;
            case ParseResult.Rejected rejected -> throw new AssertionError(rejected);
        };
    }

    /** One row whose fields are there, with this note. */
    private record Note(String text) implements InputFields {
        @Override
        public Set<String> names() {
            return Set.of("age_band", "los_days", "dx_group", "prior_admits", "free_text");
        }

        @Override
        public int rows() {
            return 1;
        }

        @Override
        public boolean text(String field) {
            return field.equals("free_text");
        }

        @Override
        public String value(String field, int row) {
            return text;
        }
    }
}
