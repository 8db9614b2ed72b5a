package dev.sallyport.api.launch;

import static dev.sallyport.api.launch.Interface.checkProblem;
import static dev.sallyport.api.launch.Interface.checkStatus;
import static dev.sallyport.api.launch.Interface.header;
import static dev.sallyport.api.launch.Interface.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.identity.KeyRequest;
import dev.sallyport.api.identity.Role;
import dev.sallyport.api.launch.Operations.Operation;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is another tenant's looks exactly like what does not exist. */
@ExtendWith(RunningServices.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OtherTenantIT {
    private static final Set<String> OWNED = Set.of("tenant", "key", "model", "record", "report");

    private final RunningServices running;
    private final Interface calls;
    private final TenantId owner;
    private final TenantId other;
    private final Pair own;
    private final Pair foreign;
    private final String ownedKey;
    /** What the owner has, by parameter. */
    private final Map<String, String> owned;

    /** One tenant's keys of the two roles that may read. */
    private record Pair(String admin, String auditor) {
        String of(Role role) {
            return role == Role.AUDITOR ? auditor : admin;
        }
    }

    OtherTenantIT(RunningServices running) {
        this.running = running;
        calls = running.calls();
        owner = running.tenant("owner");
        other = running.tenant("other");
        own = pair(owner);
        foreign = pair(other);
        String base = "/admin/v1/tenants/" + owner;
        checkStatus(calls.put(base + "/policy", own.admin(), Documents.tenant("sums")), 200);
        checkStatus(calls.put(base + "/models/simple/policy", own.admin(), Documents.model("sums")), 200);
        KeyRequest wish = new KeyRequest("of a test", Role.CALLER, List.of(), null, null);
        ownedKey = running.issue(owner, wish).id();
        owned = Map.of(
                "tenant", owner.value(),
                "model", "simple",
                "key", ownedKey,
                "record", running.acts(owner).getFirst().getString("id"),
                "report",
                        json(checkStatus(order(own.auditor(), owner.value()), 202))
                                .getString("id"));
    }

    private Pair pair(TenantId tenant) {
        return new Pair(running.key(tenant, Role.TENANT_ADMIN), running.key(tenant, Role.AUDITOR));
    }

    static List<Operation> operations() {
        return Operations.ALL_OF_THEM.stream()
                .filter(operation -> OWNED.stream().anyMatch(operation::names))
                .filter(operation -> operation.roles().contains(Role.TENANT_ADMIN)
                        || operation.roles().contains(Role.AUDITOR))
                .toList();
    }

    private static List<Role> roles(Operation operation) {
        return Stream.of(Role.TENANT_ADMIN, Role.AUDITOR)
                .filter(operation.roles()::contains)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_onAnothersThing_looksAsIfItDidNotExist(Operation operation) {
        for (Role role : roles(operation)) {
            checkHidden(call(operation, foreign.of(role), owned), call(operation, foreign.of(role), Map.of()));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_onOnesOwnThing_findsIt(Operation operation) {
        // What changes or takes away would leave nothing for the others to look for.
        if (operation.method().equals("GET")) {
            for (Role role : roles(operation)) {
                assertThat(call(operation, own.of(role), owned).statusCode()).isIn(200, 409);
            }
        }
    }

    @Test
    void anothersKey_underOnesOwnTenant_looksAsIfItDidNotExist() {
        String path = "/admin/v1/tenants/" + other + "/keys/";
        String nothing = "key-0000000000000000";
        checkHidden(calls.delete(path + ownedKey, foreign.admin()), calls.delete(path + nothing, foreign.admin()));
        checkHidden(
                calls.post(path + ownedKey + "/rotate", foreign.admin(), ""),
                calls.post(path + nothing + "/rotate", foreign.admin(), ""));
    }

    @Test
    void anothersTenant_inAQueryOrABody_looksAsIfItDidNotExist() {
        String records = "/audit/v1/records?tenant=";
        checkHidden(
                calls.get(records + owner, foreign.auditor()),
                calls.get(records + "no-such-tenant", foreign.auditor()));
        String log = "/audit/v1/log?tenant=";
        checkHidden(calls.get(log + owner, foreign.auditor()), calls.get(log + "no-such-tenant", foreign.auditor()));
        checkHidden(order(foreign.auditor(), owner.value()), order(foreign.auditor(), "no-such-tenant"));
    }

    @Test
    void listing_holdsNothingOfAnothers() {
        String listed = checkStatus(calls.get("/audit/v1/records?limit=1000", foreign.auditor()), 200)
                .body();
        assertThat(listed).contains("\"" + other + "\"").doesNotContain("\"" + owner + "\"");
    }

    private HttpResponse<String> order(String key, String tenant) {
        JsonObject order = new JsonObject()
                .put("tenant", tenant)
                .put("frameworks", JsonArray.of("gdpr"))
                .put("from", "2026-01-01")
                .put("to", "2026-01-02");
        return calls.post("/audit/v1/reports", key, order.encode());
    }

    private HttpResponse<String> call(Operation operation, String key, Map<String, String> values) {
        // A whole document, so that only whose place it is can speak against it.
        String body = !operation.method().equals("PUT")
                ? operation.body()
                : operation.names("model") ? Documents.model("sums") : Documents.tenant("sums");
        return calls.call(operation.method(), operation.path(values), key, body);
    }

    private static void checkHidden(HttpResponse<String> hidden, HttpResponse<String> absent) {
        checkProblem(hidden, ProblemCode.NOT_FOUND);
        assertThat(hidden.body()).isEqualTo(absent.body());
        assertThat(comparable(hidden.headers())).isEqualTo(comparable(absent.headers()));
        assertThat(header(hidden, "X-Request-Id")).isNotEmpty();
    }

    private static Map<String, List<String>> comparable(HttpHeaders headers) {
        Map<String, List<String>> comparable = new TreeMap<>(headers.map());
        comparable.remove("x-request-id");
        return comparable;
    }
}
