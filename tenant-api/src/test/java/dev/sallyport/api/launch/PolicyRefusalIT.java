package dev.sallyport.api.launch;

import static dev.sallyport.api.launch.Interface.checkProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.identity.Role;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are not published: every fault is named with its place, and nothing is stored. */
@ExtendWith(RunningServices.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PolicyRefusalIT {
    private final RunningServices running;
    private final Interface calls;
    private final TenantId tenant;
    private final String admin;
    private final String policy;

    PolicyRefusalIT(RunningServices running) {
        this.running = running;
        calls = running.calls();
        tenant = running.tenant("refused");
        admin = running.key(tenant, Role.TENANT_ADMIN);
        policy = "/admin/v1/tenants/" + tenant + "/policy";
    }

    @Test
    void policy_thatIsWrong_isRefusedWithEveryPlaceAndWhatWasExpected() {
        String wrong = Documents.tenant("sums")
                .replace("purposes:", "purpose:")
                .replace("allowed: [INPUT0, INPUT1]", "maxRows: many");
        JsonArray problems = checkProblem(calls.put(policy, admin, wrong), ProblemCode.UNPROCESSABLE)
                .getJsonArray("problems");
        assertThat(problems).hasSize(2);
        JsonObject unknown = problems.getJsonObject(0);
        assertThat(unknown.getInteger("line")).isEqualTo(5);
        assertThat(unknown.getInteger("column")).isEqualTo(3);
        assertThat(unknown.getString("path")).isEqualTo("spec.purpose");
        assertThat(unknown.getString("message")).contains("expected one of", "purposes");
        JsonObject value = problems.getJsonObject(1);
        assertThat(value.getInteger("line")).isEqualTo(8);
        assertThat(value.getInteger("column")).isEqualTo(14);
        assertThat(value.getString("message")).contains("a whole number from 1 to");
        checkProblem(calls.get(policy, admin), ProblemCode.NOT_FOUND);
        assertThat(running.actions(tenant)).doesNotContain("policy.publish");
    }

    @Test
    void policy_ofAnotherLayerOrField_isRefused() {
        JsonObject layer = checkProblem(calls.put(policy, admin, Documents.model("sums")), ProblemCode.UNPROCESSABLE);
        assertThat(layer.getString("detail")).contains("metadata.layer tenant");
        String model = "/admin/v1/tenants/" + tenant + "/models/simple/policy";
        JsonObject field = checkProblem(
                calls.put(model, admin, Documents.model("sums").replace("INPUT1", "INPUT9")),
                ProblemCode.UNPROCESSABLE);
        assertThat(field.getString("detail")).contains("INPUT9");
        checkProblem(calls.get(model, admin), ProblemCode.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"residency: {}", "humanReview: {}", "breakGlass: {}", "extraction: {}", "admin: {}"})
    void section_thatIsNotCarriedOut_isRefusedByName(String section) {
        String source = Documents.tenant("sums") + "  " + section + "\n";
        JsonObject problem = checkProblem(calls.put(policy, admin, source), ProblemCode.UNPROCESSABLE)
                .getJsonArray("problems")
                .getJsonObject(0);
        assertThat(problem.getString("message")).contains("not supported yet");
        assertThat(problem.getInteger("line")).isEqualTo(9);
        checkProblem(calls.get(policy, admin), ProblemCode.NOT_FOUND);
    }
}
