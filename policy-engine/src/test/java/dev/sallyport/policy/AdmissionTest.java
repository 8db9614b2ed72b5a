package dev.sallyport.policy;

import static dev.sallyport.policy.Fixtures.call;
import static dev.sallyport.policy.Fixtures.document;
import static dev.sallyport.policy.Fixtures.engine;
import static dev.sallyport.policy.Fixtures.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private static final PolicyDocument TENANT = document(Layer.TENANT, """
            purposes:
              - {id: care, lawfulBasis: public_task, art9: health_care, hipaa: treatment}
              - {id: audit, lawfulBasis: legal_obligation}
            input:
              allowed: [age_band, los_days, free_text]
              maxRows: 64
              maxBytes: 1000
            budgets:
              - {id: key-day, scope: [key], limit: 5000, window: P1D, kind: calendar}
            rate: {scope: key, permits: 50, per: PT1S, burst: 100}
            """);

    @Test
    void call_withinThePolicy_isPermittedWithWhatToReserve() {
        Admission admission = policy(TENANT).admit(call("care"));

        assertThat(admission.decision()).isInstanceOf(Decision.Permit.class);
        assertThat(admission.purpose()).satisfies(purpose -> {
            assertThat(purpose.lawfulBasis()).isEqualTo("public_task");
            assertThat(purpose.art9()).isEqualTo("health_care");
            assertThat(purpose.hipaa()).isEqualTo("treatment");
            assertThat(purpose.origin().line()).isEqualTo(6);
        });
        assertThat(admission.budgets()).extracting(BudgetRule::id).containsExactly("key-day");
        assertThat(admission.rates()).extracting(RateRule::id).containsExactly("rate-key");
    }

    @Test
    void call_permittedTwice_givesTheSameObject() {
        EffectivePolicy policy = policy(TENANT);

        assertThat(policy.admit(call("care"))).isSameAs(policy.admit(call("care")));
    }

    @Test
    void purpose_missing_isDeniedNamingTheAllowedOnesAndTheRule() {
        Decision decision = policy(TENANT).admit(call(null)).decision();

        assertThat(decision).isInstanceOfSatisfying(Decision.Deny.class, deny -> {
            assertThat(deny.code()).isEqualTo("PURPOSE_MISSING");
            assertThat(deny.sentence())
                    .isEqualTo("send Sallyport-Purpose or parameter \"purpose\"; allowed: audit, care");
            assertThat(deny.determining()).singleElement().satisfies(rule -> {
                assertThat(rule.id()).isEqualTo("purposes.required");
                assertThat(rule.place()).isEqualTo("tenant/test:5");
            });
        });
    }

    @Test
    void purpose_ofAPack_servesThePacksControls() {
        EffectivePolicy policy = policy(engine(List.of("gdpr", "hipaa"), TENANT));

        assertThat(policy.admit(call(null)).decision().determining())
                .singleElement()
                .satisfies(
                        rule -> assertThat(rule.controls()).containsExactly("GDPR-5.1.b", "GDPR-6", "HIPAA-164.502.a"));
    }

    @Test
    void purpose_other_isDeniedWithoutShowingIt() {
        assertThat(policy(TENANT).admit(call("jane@example.org")).decision())
                .isInstanceOfSatisfying(Decision.Deny.class, deny -> {
                    assertThat(deny.code()).isEqualTo("PURPOSE_NOT_ALLOWED");
                    assertThat(deny.sentence()).doesNotContain("jane").contains("audit, care");
                    assertThat(deny.determining()).extracting(Rule::place).containsExactly("tenant/test:5");
                });
    }

    @Test
    void rows_beyondTheLimit_areDenied() {
        EffectivePolicy policy = policy(TENANT);

        assertThat(policy.admit(call("care", 64, 1000)).decision()).isInstanceOf(Decision.Permit.class);
        assertThat(policy.admit(call("care", 65, 10)).decision()).isInstanceOfSatisfying(Decision.Deny.class, deny -> {
            assertThat(deny.code()).isEqualTo("TOO_MANY_ROWS");
            assertThat(deny.sentence()).isEqualTo("65 rows in one call; at most 64 are allowed");
            assertThat(deny.determining())
                    .singleElement()
                    .satisfies(rule -> assertThat(rule.place()).isEqualTo("tenant/test:10"));
        });
        assertThat(policy.admit(call("care", 1, 1001)).decision())
                .isInstanceOfSatisfying(
                        Decision.Deny.class, deny -> assertThat(deny.code()).isEqualTo("INPUT_TOO_LARGE"));
    }

    @Test
    void tenant_withoutDocuments_isAGap() {
        assertThat(policy(engine()).admit(call("care")).decision()).isInstanceOf(Decision.Gap.class);
        assertThat(engine().policyFor(new TenantId("nobody"), Fixtures.FACTS))
                .isInstanceOfSatisfying(
                        Combination.Effective.class,
                        effective -> assertThat(
                                        effective.policy().admit(call("care")).decision())
                                .isInstanceOf(Decision.Gap.class));
    }

    @Test
    void purposesOrFields_leftOpen_areAGap() {
        PolicyDocument noFields = document(Layer.TENANT, "purposes: [{id: care}]");
        PolicyDocument noPurposes = document(Layer.TENANT, "input: {allowed: [age_band]}");
        PolicyDocument rest = document(Layer.MODEL, "input: {allowed: [age_band]}");

        assertThat(policy(noFields).admit(call("care")).decision()).isInstanceOf(Decision.Gap.class);
        assertThat(policy(noPurposes).admit(call("care")).decision())
                .isInstanceOfSatisfying(
                        Decision.Gap.class, gap -> assertThat(gap.sentence()).contains("purposes"));
        assertThat(policy(noFields, rest).admit(call("care")).decision()).isInstanceOf(Decision.Permit.class);
    }

    @Test
    void document_thatDoesNotMatch_saysNothing() {
        String spec = """
                match: {models: [readmission-risk], modelVersions: "%s"}
                purposes: [{id: care}]
                input: {allowed: [age_band]}
                """;

        assertThat(policy(document(Layer.TENANT, spec.formatted(">=3, <3.2")))
                        .admit(call("care"))
                        .decision())
                .isInstanceOf(Decision.Permit.class);
        assertThat(policy(document(Layer.TENANT, spec.formatted(">=3.2")))
                        .admit(call("care"))
                        .decision())
                .isInstanceOf(Decision.Gap.class);
    }

    @Test
    void condition_thatDoesNotHold_deniesWithItsReason() {
        PolicyDocument document = document(Layer.TENANT, """
                purposes: [{id: care}]
                input: {allowed: [age_band]}
                conditions:
                  - {id: night-batch, expr: "request.batch ? now.getHours('Europe/Berlin') < 6 : true", reason: BATCH_WINDOW}
                  - {id: minor-check, expr: "!(has(subject.age) && subject.age < 18)", reason: MINOR}
                """);

        assertThat(policy(document).admit(call("care", 1, 1)).decision())
                .isInstanceOfSatisfying(
                        Decision.Permit.class,
                        permit -> assertThat(permit.missingFacts()).containsExactly("subject.age"));
        assertThat(policy(document).admit(call("care", 2, 1)).decision())
                .isInstanceOfSatisfying(Decision.Deny.class, deny -> {
                    assertThat(deny.code()).isEqualTo("BATCH_WINDOW");
                    assertThat(deny.sentence()).startsWith("condition \"night-batch\" does not hold: request.batch");
                    assertThat(deny.determining())
                            .singleElement()
                            .satisfies(rule -> assertThat(rule.place()).isEqualTo("tenant/test:8"));
                });
    }

    @Test
    void condition_thatCannotBeDecided_denies() {
        PolicyDocument document = document(Layer.TENANT, """
                purposes: [{id: care}]
                input: {allowed: [age_band]}
                conditions: [{id: adults, expr: "subject.age >= 18"}]
                """);

        assertThat(policy(document).admit(call("care")).decision())
                .isInstanceOfSatisfying(Decision.Deny.class, deny -> {
                    assertThat(deny.code()).isEqualTo("CONDITION");
                    assertThat(deny.sentence()).contains("could not be decided without subject.age");
                    assertThat(deny.missingFacts()).containsExactly("subject.age");
                });
    }

    @Test
    void shape_thatTheModelCannotCarry_isDeniedAndAMisfit() {
        PolicyDocument document = document(Layer.TENANT, """
                purposes: [{id: care}]
                input: {allowed: [age_band]}
                output: {shape: topk, topK: 3}
                """);
        ModelFacts sums = new ModelFacts(Fixtures.MODEL, new ModelVersion("1"), Fixtures.FACTS.fields(), false);

        Combination combination = engine(document).policyFor(Fixtures.ACME, sums);

        assertThat(combination).isInstanceOfSatisfying(Combination.Effective.class, effective -> {
            assertThat(effective.policy().misfits())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).startsWith("SHAPE_UNSUPPORTED"));
            assertThat(effective.policy().admit(call("care")).decision())
                    .isInstanceOfSatisfying(Decision.Deny.class, deny -> {
                        assertThat(deny.code()).isEqualTo("SHAPE_UNSUPPORTED");
                        assertThat(deny.sentence()).contains("topk:3");
                    });
        });
    }

    @Test
    void budgets_ofTwoLayers_takeTheLowerLimitOfWhatIsTheSame() {
        PolicyDocument model = document(Layer.MODEL, """
                budgets:
                  - {id: few, scope: key, limit: 10, window: 24h}
                  - {id: minute, scope: [key, model], limit: 3, window: PT1M}
                """);

        List<BudgetRule> budgets = policy(TENANT, model).admit(call("care")).budgets();

        assertThat(budgets)
                .extracting(BudgetRule::id, BudgetRule::limit)
                .containsExactly(tuple("few", 10L), tuple("minute", 3L));
        assertThat(budgets.getFirst().identity(Fixtures.ACME, "k1", Fixtures.MODEL, null))
                .isEqualTo("tenant=acme-clinic key=k1 window=P1D kind=calendar zone=UTC");
        assertThat(budgets.getLast().identity(Fixtures.ACME, "k1", Fixtures.MODEL, null))
                .isEqualTo("tenant=acme-clinic key=k1 model=readmission-risk window=PT1M kind=calendar zone=UTC");
    }

    @Test
    void budgets_slidingAndOfSubjects_areKnownByThat() {
        PolicyDocument model = document(Layer.MODEL, """
                budgets:
                  - {id: day, scope: key, limit: 10, window: P1D}
                  - {id: slide, scope: key, limit: 10, window: P1D, kind: sliding}
                  - {id: person, scope: [tenant, model, subject], limit: 3, window: P30D, kind: sliding}
                """);

        List<BudgetRule> budgets = policy(TENANT, model).admit(call("care")).budgets();

        assertThat(budgets)
                .filteredOn(rule -> !rule.id().equals("key-day"))
                .extracting(rule -> rule.identity(Fixtures.ACME, "k1", Fixtures.MODEL, "h4nd1e"))
                .contains(
                        "tenant=acme-clinic model=readmission-risk subject=h4nd1e window=P30D kind=sliding",
                        "tenant=acme-clinic key=k1 window=P1D kind=sliding");
        assertThat(budgets).extracting(BudgetRule::window).doesNotHaveDuplicates();
    }

    @Test
    void budget_ofSubjects_deniesACallThatNamesNone() {
        PolicyDocument model = document(Layer.MODEL, """
                budgets: [{id: person, scope: subject, limit: 3, window: P1D}]
                """);
        AdmitFacts named = call("care");
        var nameless = new AdmitFacts(
                named.tenant(),
                named.principal(),
                named.role(),
                named.groups(),
                named.model(),
                named.action(),
                named.purpose(),
                named.rows(),
                false,
                named.bytes(),
                named.region(),
                named.now());

        assertThat(policy(TENANT, model).admit(named).decision()).isInstanceOf(Decision.Permit.class);
        assertThat(policy(TENANT, model).admit(nameless).decision())
                .isInstanceOfSatisfying(Decision.Deny.class, deny -> {
                    assertThat(deny.code()).isEqualTo("SUBJECT_MISSING");
                    assertThat(deny.sentence()).contains("Sallyport-Subject").contains("\"person\"");
                    assertThat(deny.determining()).extracting(Rule::id).containsExactly("budgets.person");
                });
        assertThat(policy(TENANT).admit(nameless).decision()).isInstanceOf(Decision.Permit.class);
    }

    @Test
    void snapshot_withATenantChanged_leavesTheOldOneAsItWas() {
        PolicyEngine before = engine(TENANT);
        PolicyEngine after = before.with(Fixtures.ACME, new TenantLayers(List.of(), null, Map.of()));

        assertThat(policy(before).admit(call("care")).decision()).isInstanceOf(Decision.Permit.class);
        assertThat(policy(after).admit(call("care")).decision()).isInstanceOf(Decision.Gap.class);
        assertThat(policy(before)).isSameAs(policy(before));
    }
}
