package dev.sallyport.policy;

import static dev.sallyport.policy.Fixtures.document;
import static dev.sallyport.policy.Fixtures.inspect;
import static dev.sallyport.policy.Fixtures.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.policy.detection.PersonalDataType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InspectionTest {
    private static final List<String> NUMBER = List.of();

    private static final String SPEC = """
            purposes: [{id: care}]
            input:
              required: [age_band]
              allowed: [age_band, los_days, free_text]
              forbidden: [ssn, name]
              actions:
                - {detect: [US_SSN, EMAIL], fields: [free_text], do: redact, minConfidence: 0.6}
                - {detect: PAN, do: reject, reason: PCI_SAD}
            """;

    private static final PolicyDocument PLATFORM = document(Layer.PLATFORM, "platform/open", "mode: enforce");

    private static EffectivePolicy rejecting() {
        return policy(document(Layer.TENANT, SPEC));
    }

    private static EffectivePolicy dropping() {
        return policy(PLATFORM, document(Layer.TENANT, SPEC.replace("input:", "input:\n  unknownFields: drop")));
    }

    private static Decision.Deny denied(Inspection inspection) {
        assertThat(inspection.decision()).isInstanceOf(Decision.Deny.class);
        return (Decision.Deny) inspection.decision();
    }

    @Test
    void content_withinThePolicy_isPermittedAsItIs() {
        EffectivePolicy policy = rejecting();
        Inspection inspection = inspect(policy, Map.of("age_band", NUMBER, "free_text", List.of("all well", "tired")));

        assertThat(inspection.decision()).isInstanceOf(Decision.Permit.class);
        assertThat(inspection.replaced()).isEmpty();
        assertThat(inspection.dropped()).isEmpty();
        assertThat(inspection).isSameAs(inspect(policy, Map.of("age_band", NUMBER)));
    }

    @Test
    void field_forbidden_isDeniedAtItsLine() {
        Decision.Deny deny = denied(inspect(rejecting(), Map.of("age_band", NUMBER, "ssn", NUMBER)));

        assertThat(deny.code()).isEqualTo("FIELD_FORBIDDEN");
        assertThat(deny.sentence()).isEqualTo("field \"ssn\" is forbidden; allowed: age_band, free_text, los_days");
        assertThat(deny.determining()).singleElement().satisfies(rule -> {
            assertThat(rule.id()).isEqualTo("input.forbidden");
            assertThat(rule.place()).isEqualTo("tenant/test:9");
        });
    }

    @Test
    void field_requiredAndMissing_isDenied() {
        Decision.Deny deny = denied(inspect(rejecting(), Map.of("los_days", NUMBER)));

        assertThat(deny.code()).isEqualTo("FIELD_REQUIRED");
        assertThat(deny.sentence()).isEqualTo("field \"age_band\" is missing; required: age_band");
    }

    @Test
    void field_unknown_isRejectedOrDropped() {
        Map<String, List<String>> call = Map.of("age_band", NUMBER, "hair", List.of("red"));

        assertThat(denied(inspect(rejecting(), call)).code()).isEqualTo("FIELD_NOT_ALLOWED");
        Inspection dropped = inspect(dropping(), call);
        assertThat(dropped.decision()).isInstanceOf(Decision.Permit.class);
        assertThat(dropped.dropped()).containsExactly("hair");
    }

    @Test
    void field_ofTheModelButNotAllowed_isDroppedOnlyIfItsValuesCanBeTakenAway() {
        assertThat(inspect(dropping(), Map.of("age_band", NUMBER, "note", List.of("x")))
                        .dropped())
                .containsExactly("note");
        EffectivePolicy narrow = policy(
                PLATFORM,
                document(Layer.TENANT, "purposes: [{id: care}]\ninput: {allowed: [free_text], unknownFields: drop}"));
        assertThat(inspect(narrow, Map.of("los_days", NUMBER)).dropped()).containsExactly("los_days");
        assertThat(denied(inspect(narrow, Map.of("age_band", NUMBER))).code()).isEqualTo("FIELD_NOT_ALLOWED");
    }

    @Test
    void nameOfAField_thatCouldHoldAnything_isNotShownBack() {
        for (String name : List.of("jane@example.org", "536-22-8145", "jane_doe")) {
            Decision.Deny deny = denied(inspect(rejecting(), Map.of("age_band", NUMBER, name, NUMBER)));
            assertThat(deny.sentence()).startsWith("one of the fields is not allowed; allowed: age_band, ");
            assertThat(rejecting().namesField(name)).isFalse();
        }
        assertThat(List.of("age_band", "ssn")).allMatch(rejecting()::namesField);
    }

    @Test
    void personalData_toRedact_isReplacedInTheRowsThatHoldIt() {
        Inspection inspection = inspect(
                rejecting(),
                Map.of(
                        "age_band",
                        NUMBER,
                        "free_text",
                        List.of("well", "write to jane@example.org or bob@example.org", "SSN 536-22-1234")));

        assertThat(inspection.replaced())
                .containsEntry("free_text", List.of("well", "write to [EMAIL] or [EMAIL]", "SSN [US_SSN]"));
        assertThat(inspection.detections())
                .containsExactly(
                        new Detection(PersonalDataType.US_SSN, "free_text", Detection.Action.REDACT, 1),
                        new Detection(PersonalDataType.EMAIL, "free_text", Detection.Action.REDACT, 2));
        assertThat(inspection.decision().determining())
                .singleElement()
                .satisfies(rule -> assertThat(rule.id()).isEqualTo("input.actions.redact"));
    }

    @Test
    void personalData_toReject_deniesWithTheReasonAndNeverTheValue() {
        Inspection inspection = inspect(
                rejecting(),
                Map.of("age_band", NUMBER, "free_text", List.of("mail a@example.org", "card 4111 1111 1111 1111")));

        Decision.Deny deny = denied(inspection);
        assertThat(deny.code()).isEqualTo("PCI_SAD");
        assertThat(deny.sentence())
                .contains("\"free_text\"")
                .contains("PAN")
                .contains("row 1")
                .doesNotContain("4111");
        assertThat(inspection.replaced()).isEmpty();
        assertThat(inspection.detections())
                .contains(new Detection(PersonalDataType.PAN, "free_text", Detection.Action.REJECT, 1));
    }

    @Test
    void personalData_toReject_deniesInAFieldThatWouldBeDropped() {
        Map<String, List<String>> call = Map.of("age_band", NUMBER, "hair", List.of("4111 1111 1111 1111"));

        assertThat(denied(inspect(dropping(), call)).code()).isEqualTo("PCI_SAD");
    }
}
