package dev.sallyport.policy;

import static dev.sallyport.policy.Fixtures.ACME;
import static dev.sallyport.policy.Fixtures.FACTS;
import static dev.sallyport.policy.Fixtures.MODEL;
import static dev.sallyport.policy.Fixtures.document;
import static dev.sallyport.policy.Fixtures.engine;
import static dev.sallyport.policy.Fixtures.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.policy.output.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class CombinationTest {
    private static List<PolicyProblem> contradictions(PolicyDocument... documents) {
        Combination combination = engine(documents).policyFor(ACME, FACTS);
        assertThat(combination).isInstanceOf(Combination.Contradiction.class);
        return ((Combination.Contradiction) combination).problems();
    }

    @Test
    void layers_thatRequireAndForbid_areAContradictionNamingBoth() {
        assertThat(contradictions(
                        document(Layer.TENANT, "input: {forbidden: [age_band]}"),
                        document(Layer.MODEL, "purposes: any\ninput: {required: [age_band]}")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message())
                            .isEqualTo(
                                    "the field \"age_band\" is required here and forbidden there: model/test:6 (model)"
                                            + " and tenant/test:5 (tenant)");
                    assertThat(problem.document()).isEqualTo("model/test");
                    assertThat(problem.line()).isEqualTo(6);
                });
    }

    @Test
    void layers_withOtherGroundsForAPurpose_areAContradiction() {
        assertThat(contradictions(
                        document(Layer.TENANT, "purposes: [{id: care, lawfulBasis: contract}]"),
                        document(Layer.MODEL, "purposes: [{id: care, lawfulBasis: consent}]")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains("lawfulBasis", "\"consent\"", "\"contract\"", "tenant/test:5", "model/test:5"));
    }

    @Test
    void layers_withNoPurposeInCommon_areAContradiction() {
        assertThat(contradictions(
                        document(Layer.TENANT, "purposes: [{id: a}]"), document(Layer.MODEL, "purposes: [{id: b}]")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("tenant/test:5", "model/test:5"));
    }

    @Test
    void contradiction_deniesEverything() {
        Combination combination = engine(
                        document(Layer.TENANT, "purposes: [{id: a}]"), document(Layer.MODEL, "purposes: [{id: b}]"))
                .policyFor(ACME, FACTS);

        assertThat(combination)
                .isInstanceOfSatisfying(
                        Combination.Contradiction.class,
                        contradiction -> assertThat(contradiction.decision())
                                .isInstanceOfSatisfying(
                                        Decision.Deny.class,
                                        deny -> assertThat(deny.code()).isEqualTo("POLICY_CONTRADICTION")));
    }

    @Test
    void confidence_askedForAtTheShapeLabel_isAContradiction() {
        assertThat(contradictions(
                        document(Layer.TENANT, "output: {shape: label}"),
                        document(Layer.MODEL, "conditions: [{id: sure, expr: 'output.confidence > 0.5'}]")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains("output.confidence", "shape label", "tenant/test:5", "model/test:5"));
    }

    @Test
    void pack_notInstalled_isAContradiction() {
        PolicyEngine engine = engine(List.of("pci"));

        assertThat(engine.policyFor(ACME, FACTS)).isInstanceOf(Combination.Contradiction.class);
    }

    @Test
    void document_inTheWrongLayer_isAContradiction() {
        PolicyDocument model = document(Layer.MODEL, "mode: enforce");
        PolicyEngine engine = PolicyEngine.of(new PolicySet(
                Packs.baseline(), Packs.shipped(), Map.of(ACME, new TenantLayers(List.of(), model, Map.of()))));

        assertThat(engine.policyFor(ACME, FACTS)).isInstanceOf(Combination.Contradiction.class);
    }

    @Test
    void setting_ofSeveralLayers_keepsTheOriginOfTheStrictest() {
        EffectivePolicy policy = policy(
                document(Layer.TENANT, "input: {maxRows: 64}\noutput: {shape: topk, topK: 3, roundTo: 2}"),
                document(Layer.MODEL, "output: {roundTo: 4}\ninput: {maxRows: 8}"));

        assertThat(policy.settings())
                .filteredOn(setting -> setting.path().equals("input.maxRows"))
                .singleElement()
                .satisfies(setting -> {
                    assertThat(setting.value()).isEqualTo("8");
                    assertThat(setting.origin().place()).isEqualTo("model/test:6");
                    assertThat(setting.origin().digest()).matches("[0-9a-f]{64}");
                });
        assertThat(policy.obligations().output().shape()).isEqualTo(Shape.TOPK);
        assertThat(policy.obligations().output().decimals()).isEqualTo(2);
        assertThat(policy.obligations().outputRules())
                .extracting(Rule::place)
                .containsExactly("tenant/test:6", "tenant/test:6", "tenant/test:6");
    }

    @Test
    void baseline_setsEverySupportedSection() {
        List<String> paths =
                policy(engine()).settings().stream().map(Setting::path).toList();

        assertThat(paths)
                .contains(
                        "purposes",
                        "input.unknownFields",
                        "input.allowed",
                        "input.maxBytes",
                        "input.maxRows",
                        "output.shape",
                        "output.topK",
                        "output.roundTo");
        String source = Packs.baseline().source();
        assertThat(Section.SPEC.supported())
                .allSatisfy(key -> assertThat(source).contains("\n  " + key + ":"));
        assertThat(Section.INPUT.supported())
                .allSatisfy(key -> assertThat(source).contains("\n    " + key + ":"));
        assertThat(Section.OUTPUT.supported())
                .allSatisfy(key -> assertThat(source).contains("\n    " + key + ":"));
    }

    @Test
    void packs_citeControlsInTheirSpelling() {
        assertThat(pack("gdpr").controls())
                .contains("GDPR-5.1.b", "GDPR-5.1.c", "GDPR-6")
                .allMatch(control -> control.startsWith("GDPR-"));
        assertThat(pack("hipaa").controls())
                .contains("HIPAA-164.502.b")
                .allMatch(control -> control.startsWith("HIPAA-"));
    }

    private static PolicyDocument pack(String id) {
        return Objects.requireNonNull(Packs.shipped().get(id));
    }

    @Test
    void digest_dependsOnTheDocumentsAlone() {
        PolicyDocument tenant = document(Layer.TENANT, "purposes: [{id: care}]");

        assertThat(policy(tenant).digest()).isEqualTo(policy(tenant).digest()).matches("[0-9a-f]{64}");
        assertThat(policy(tenant).digest())
                .isNotEqualTo(policy(document(Layer.TENANT, "purposes: [{id: care}] "))
                        .digest());
    }

    @Test
    void modelDocument_thatNamesWhatTheModelHasNot_isAMisfit() {
        EffectivePolicy policy = policy(document(Layer.MODEL, """
                input:
                  allowed: [age_band, shoe_size]
                  forbidden: [ssn]
                  actions:
                    - {detect: [EMAIL], fields: [age_band], do: redact}
                    - {detect: [EMAIL], fields: [hat], do: reject}
                """));

        assertThat(policy.misfits()).extracting(PolicyProblem::line).containsExactlyInAnyOrder(6, 9, 10);
        assertThat(policy.misfits())
                .extracting(PolicyProblem::message)
                .anyMatch(message -> message.contains("\"shoe_size\""))
                .anyMatch(message -> message.contains("\"age_band\" holds numbers"))
                .anyMatch(message -> message.contains("\"hat\""));
    }

    @Test
    void tenantDocument_mayAllowWhatOtherModelsHave() {
        assertThat(policy(document(Layer.TENANT, "input: {allowed: [age_band, shoe_size]}"))
                        .misfits())
                .isEmpty();
        assertThat(policy(document(Layer.TENANT, "input: {required: [shoe_size]}"))
                        .misfits())
                .hasSize(1);
    }

    @Test
    void document_thatExtendsAnotherThatIsNotThere_isAMisfit() {
        String source = Fixtures.source(Layer.MODEL, "m", "mode: enforce")
                .replace("name: m", "name: m, extends: [platform/baseline, pack/gdpr, tenant/acme-clinic]");
        PolicyDocument model = ((ParseResult.Parsed) PolicyParser.parse("m", source)).document();
        PolicyDocument tenant = document(Layer.TENANT, "ours", "mode: enforce");

        assertThat(policy(engine(List.of("gdpr"), tenant, model)).misfits()).isEmpty();
        assertThat(policy(engine(tenant, model)).misfits()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("\"pack/gdpr\"");
            assertThat(problem.line()).isEqualTo(3);
        });
    }

    @Test
    void model_withAnotherSignature_isCombinedAnew() {
        PolicyEngine engine = engine(document(Layer.TENANT, "input: {required: [shoe_size]}"));
        ModelFacts other =
                new ModelFacts(MODEL, FACTS.version(), List.of(new FieldFacts("shoe_size", false, false)), true);

        assertThat(policy(engine).misfits()).hasSize(1);
        assertThat(engine.policyFor(ACME, other))
                .isInstanceOfSatisfying(
                        Combination.Effective.class,
                        effective -> assertThat(effective.policy().misfits()).isEmpty());
    }
}
