package dev.sallyport.api.launch;

import static dev.sallyport.api.launch.Interface.checkProblem;
import static dev.sallyport.api.launch.Interface.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.identity.Role;
import dev.sallyport.api.launch.Operations.Operation;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the OpenAPI document as every role: the table in {@link Operations} is what holds. */
@ExtendWith(RunningServices.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoleMatrixIT {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "head", "options");

    private final RunningServices running;
    private final TenantId tenant;
    private final Map<Role, String> keys = new EnumMap<>(Role.class);

    RoleMatrixIT(RunningServices running) {
        this.running = running;
        tenant = running.tenant("matrix");
        for (Role role : List.of(Role.CALLER, Role.TENANT_ADMIN, Role.AUDITOR)) {
            keys.put(role, running.key(tenant, role));
        }
        keys.put(Role.PLATFORM_ADMIN, running.key(TenantId.PLATFORM, Role.PLATFORM_ADMIN));
    }

    static List<Operation> operations() {
        return Operations.ALL_OF_THEM;
    }

    @Test
    void document_everyOperation_hasARowWithItsRoles() {
        JsonObject paths = json(running.calls().get("/openapi.json", "")).getJsonObject("paths");
        Map<String, Set<String>> documented = new HashMap<>();
        Set<String> open = new HashSet<>();
        for (String path : paths.fieldNames()) {
            for (String method : METHODS) {
                JsonObject operation = paths.getJsonObject(path).getJsonObject(method);
                if (operation != null && JsonArray.of().equals(operation.getJsonArray("security"))) {
                    open.add(method.toUpperCase(Locale.ROOT) + " " + path);
                } else if (operation != null) {
                    documented.put(
                            method.toUpperCase(Locale.ROOT) + " " + path,
                            operation.getJsonArray("x-roles").stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.toSet()));
                }
            }
        }
        Map<String, Set<String>> rows = Operations.ALL_OF_THEM.stream()
                .collect(Collectors.toMap(
                        Operation::toString,
                        operation ->
                                operation.roles().stream().map(Role::wireName).collect(Collectors.toSet())));
        assertThat(rows).isEqualTo(documented);
        assertThat(open).isEqualTo(Operations.OPEN);
    }

    @Test
    void openOperation_answersWhoeverAsks() {
        for (String open : Operations.OPEN) {
            String path = open.substring("GET ".length());
            List<String> callers = new ArrayList<>(keys.values());
            callers.addAll(List.of("", "wrong"));
            for (String key : callers) {
                assertThat(running.calls().get(path, key).statusCode()).isEqualTo(200);
            }
            checkProblem(running.calls().get(path + "?x=1", ""), ProblemCode.MALFORMED);
            checkProblem(running.calls().post(path, "", "{}"), ProblemCode.METHOD_NOT_ALLOWED);
        }
    }

    @Test
    void matrix_hasEveryRoleThatCanBeGranted() {
        assertThat(keys.keySet()).allMatch(Role::grantable);
        assertThat(Role.values()).filteredOn(Role::grantable).containsExactlyInAnyOrderElementsOf(keys.keySet());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_ofARoleThatIsNotNamed_isForbidden(Operation operation) {
        keys.forEach((role, key) -> {
            if (!operation.roles().contains(role)) {
                JsonObject problem = checkProblem(call(operation, key), ProblemCode.ROLE_NOT_ALLOWED);
                assertThat(problem.getString("detail")).contains(role.wireName());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_ofARoleThatIsNamed_isAllowed(Operation operation) {
        keys.forEach((role, key) -> {
            if (operation.roles().contains(role)) {
                HttpResponse<String> answer = call(operation, key);
                assertThat(answer.statusCode())
                        .as("%s as %s: %s", operation, role, answer.body())
                        .isLessThan(500)
                        .isNotIn(401, 403, 405);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_withoutAGoodKey_isUnauthenticated(Operation operation) {
        for (String key : List.of("", "wrong", "sp_", "sp_" + "A".repeat(43))) {
            HttpResponse<String> answer = call(operation, key);
            checkProblem(answer, ProblemCode.UNAUTHENTICATED);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
    }

    /** On the tenant itself, but for what would take it away from the others' calls. */
    private HttpResponse<String> call(Operation operation, String key) {
        boolean takesAway =
                operation.method().equals("DELETE") && operation.template().endsWith("{tenant}");
        Map<String, String> values = takesAway ? Map.of() : Map.of("tenant", tenant.value());
        return running.calls().call(operation.method(), operation.path(values), key, operation.body());
    }
}
