package dev.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.policy.condition.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReleasePolicyTest {
    private static Obligations obligations(String spec) {
        return Fixtures.policy(Fixtures.document(Layer.TENANT, spec)).obligations();
    }

    private static ReleaseFacts facts(String tier, double... confidences) {
        return new ReleaseFacts(
                confidences.length,
                List.of("LOW", "HIGH").subList(0, confidences.length),
                confidences,
                tier,
                Fixtures.NOW);
    }

    @Test
    void outputs_thatMeetTheConditions_areReleased() {
        Obligations obligations = obligations("conditions: [{id: sure, expr: 'output.confidence >= 0.8'}]");

        assertThat(ReleasePolicy.decide(obligations, facts("full", 0.8, 0.9))).isInstanceOf(Decision.Permit.class);
    }

    @Test
    void outputs_ofWhichOneRowDoesNot_areDenied() {
        Obligations obligations =
                obligations("conditions: [{id: sure, expr: 'output.confidence >= 0.8', reason: UNSURE}]");

        assertThat(ReleasePolicy.decide(obligations, facts("full", 0.9, 0.7)))
                .isInstanceOfSatisfying(Decision.Deny.class, deny -> {
                    assertThat(deny.code()).isEqualTo("UNSURE");
                    assertThat(deny.determining())
                            .singleElement()
                            .satisfies(rule -> assertThat(rule.id()).isEqualTo("conditions.sure"));
                });
    }

    @Test
    void confidence_notShown_denies() {
        Obligations obligations = obligations("conditions: [{id: sure, expr: 'output.confidence >= 0.0'}]");

        assertThat(ReleasePolicy.decide(obligations, facts("full", Double.NaN)))
                .isInstanceOfSatisfying(
                        Decision.Deny.class, deny -> assertThat(deny.sentence()).contains("could not be decided"));
    }

    @Test
    void outputs_shapedOtherwiseThanAsked_areDenied() {
        Obligations obligations = obligations("output: {shape: topk, topK: 3}");

        assertThat(ReleasePolicy.decide(obligations, facts("topk:3", 0.9))).isInstanceOf(Decision.Permit.class);
        assertThat(ReleasePolicy.decide(obligations, facts("full", 0.9)))
                .isInstanceOfSatisfying(
                        Decision.Deny.class, deny -> assertThat(deny.code()).isEqualTo("OBLIGATION_UNMET"));
    }

    @Test
    void condition_onTheCallAndTheOutput_isDecidedAtReleaseWithTheCallsFacts() {
        EffectivePolicy policy = Fixtures.policy(Fixtures.document(Layer.TENANT, """
                purposes: [{id: care}]
                input: {allowed: [age_band]}
                conditions: [{id: sure, expr: "request.purpose == 'care' && output.label == 'LOW'"}]
                """));

        Decision admitted = policy.admit(Fixtures.call("care")).decision();

        assertThat(admitted).isInstanceOfSatisfying(Decision.Permit.class, permit -> {
            assertThat(ReleasePolicy.decide(permit.obligations(), facts("full", 0.9)))
                    .isInstanceOf(Decision.Permit.class);
            assertThat(ReleasePolicy.decide(permit.obligations(), facts("full", 0.9, 0.9)))
                    .isInstanceOf(Decision.Deny.class);
        });
    }

    @Test
    void condition_madeAgainFromItsText_decidesAlike() {
        Obligations there = obligations("conditions: [{id: sure, expr: 'output.confidence >= 0.8'}]");
        ReleaseCondition condition = there.release().getFirst();
        Obligations here = new Obligations(
                there.output(),
                there.outputRules(),
                List.of(new ReleaseCondition(
                        condition.id(),
                        Condition.of(condition.condition().expression()),
                        condition.reason(),
                        condition.rule())));

        assertThat(ReleasePolicy.decide(here, facts("full", 0.7)))
                .isEqualTo(ReleasePolicy.decide(there, facts("full", 0.7)));
    }
}
