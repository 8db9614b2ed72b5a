package dev.sallyport.policy;

import static dev.sallyport.policy.Fixtures.ACME;
import static dev.sallyport.policy.Fixtures.document;
import static dev.sallyport.policy.Fixtures.engine;
import static dev.sallyport.policy.Fixtures.policy;
import static dev.sallyport.policy.Fixtures.problemsOfSpec;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long records are kept at least. */
final class RetentionTest {
    private static String floor(String period) {
        return "retention: {decisionLog: {floor: " + period + "}}";
    }

    @ParameterizedTest
    @CsvSource({
        "any,0",
        "P0D,0",
        "P6Y,72",
        "P18M,18",
        "P1Y6M,18",
        "P1D,1",
        "30d,2",
        "P364D,12",
        "P365D,12",
        "P366D,13",
        "P2W,1",
        "P7Y,84"
    })
    void floor_inAnyForm_isTheFewestMonthsThatAreAsLong(String period, int months) {
        assertThat(engine(document(Layer.TENANT, floor(period))).retentionMonths(ACME))
                .isEqualTo(months);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-P1Y", "PT1H", "P99999999Y", "P1000000D", "6", "[P6Y]"})
    void floor_thatIsNoPeriod_isRefusedAtItsPlace(String period) {
        assertThat(problemsOfSpec(floor(period))).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("spec.retention.decisionLog.floor");
            assertThat(problem.message()).contains("expected a period such as P6Y");
            assertThat(problem.line()).isEqualTo(5);
        });
    }

    @Test
    void floor_longerThanAnyClassKeeps_isNotSupportedYet() {
        assertThat(problemsOfSpec(floor("P7Y1D"))).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("longer than 84 months is not supported yet");
            assertThat(problem.column()).isEqualTo(36);
        });
    }

    @Test
    void floors_ofSeveralLayers_theHighestHolds() {
        PolicyDocument platform = document(Layer.PLATFORM, floor("P1Y"));
        PolicyDocument tenant = document(Layer.TENANT, floor("P5Y"));
        PolicyDocument model = document(Layer.MODEL, floor("P2Y"));

        assertThat(engine(platform, tenant, model).retentionMonths(ACME)).isEqualTo(60);
        assertThat(engine(platform).retentionMonths(ACME)).isEqualTo(12);
        assertThat(engine(platform, tenant).retentionMonths(new TenantId("other")))
                .isEqualTo(12);
        assertThat(engine().retentionMonths(ACME)).isZero();
    }

    /** A call can be refused before its model is known, and its record is kept as long as any of the tenant's. */
    @Test
    void floor_ofAnotherModel_holdsForTheTenant() {
        PolicyDocument other = document(Layer.MODEL, floor("P4Y"));
        TenantLayers layers = new TenantLayers(List.of(), null, Map.of(new ModelName("elsewhere"), other));

        assertThat(engine().with(ACME, layers).retentionMonths(ACME)).isEqualTo(48);
    }

    @Test
    void floor_ofADocumentForOtherTenants_doesNotHold() {
        PolicyDocument platform = document(Layer.PLATFORM, "match: {tenants: [other]}\n" + floor("P6Y"));

        assertThat(engine(platform).retentionMonths(ACME)).isZero();
        assertThat(engine(platform).retentionMonths(new TenantId("other"))).isEqualTo(72);
    }

    @Test
    void hipaaPack_asksForSixYearsAndCitesTheRule() {
        PolicyEngine engine = engine(List.of("hipaa"), document(Layer.TENANT, floor("P1Y")));

        assertThat(engine.retentionMonths(ACME)).isEqualTo(72);
        assertThat(policy(engine).settings())
                .filteredOn(setting -> setting.path().equals("retention.decisionLog.floor"))
                .singleElement()
                .satisfies(setting -> {
                    assertThat(setting.value()).isEqualTo("P6Y");
                    assertThat(setting.origin().document()).isEqualTo("pack/hipaa");
                    assertThat(setting.origin().controls()).containsExactly("HIPAA-164.316.b.2.i");
                });
        assertThat(engine(List.of("gdpr")).retentionMonths(ACME)).isZero();
    }
}
