package dev.sallyport.policy;

import static dev.sallyport.policy.Fixtures.call;
import static dev.sallyport.policy.Fixtures.document;
import static dev.sallyport.policy.Fixtures.inspect;
import static dev.sallyport.policy.Fixtures.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The finer settings of single rules. */
final class RuleDetailsTest {
    private static final String OPEN = "purposes: [{id: care, controls: [GDPR-6]}]\n";

    private static EffectivePolicy of(String spec) {
        return policy(document(Layer.TENANT, OPEN + spec));
    }

    private static Inspection note(String action) {
        return inspect(
                of("input: {allowed: [age_band, note], actions: [" + action + "]}"),
                Map.of("age_band", List.of(), "note", List.of("536-22-1234")));
    }

    @Test
    void controls_ofEveryRule_standWithIt() {
        EffectivePolicy policy = of("""
                input: {allowed: [age_band]}
                budgets: [{id: b, scope: key, limit: 5, window: P1D, controls: [GDPR-5.1.a]}]
                rate: {scope: key, permits: 5, per: 1s, controls: [GDPR-5.1.b]}
                conditions: [{id: one, expr: "request.rows == 1", controls: [GDPR-5.1.c]}]
                """);

        Admission admission = policy.admit(call("care", 1, 1));
        assertThat(admission.purpose())
                .satisfies(purpose -> assertThat(purpose.origin().controls()).containsExactly("GDPR-6"));
        assertThat(admission.budgets().getFirst().origin().controls()).containsExactly("GDPR-5.1.a");
        assertThat(admission.rates().getFirst().origin().controls()).containsExactly("GDPR-5.1.b");
        assertThat(policy.admit(call("care", 2, 1)).decision().determining())
                .singleElement()
                .satisfies(rule -> assertThat(rule.controls()).containsExactly("GDPR-5.1.c"));
    }

    @Test
    void minConfidence_aboveAFindings_leavesItAlone() {
        assertThat(note("{detect: US_SSN, do: reject, minConfidence: 0.1}").decision())
                .isInstanceOf(Decision.Deny.class);
        assertThat(note("{detect: US_SSN, do: reject, minConfidence: 1.0}").decision())
                .isInstanceOf(Decision.Permit.class);
    }

    @Test
    void fields_ofAnAction_areTheOnlyOnesLookedInto() {
        assertThat(note("{detect: US_SSN, fields: [note], do: reject}").decision())
                .isInstanceOf(Decision.Deny.class);
        assertThat(note("{detect: US_SSN, fields: [free_text], do: reject}").decision())
                .isInstanceOf(Decision.Permit.class);
    }

    @Test
    void models_ofAMatch_areTheOnlyOnesBound() {
        String spec = "match: {models: [%s]}\ninput: {allowed: [age_band]}";

        assertThat(of(spec.formatted("readmission-risk")).admit(call("care")).decision())
                .isInstanceOf(Decision.Permit.class);
        assertThat(of(spec.formatted("digits")).admit(call("care")).decision()).isInstanceOf(Decision.Gap.class);
    }
}
