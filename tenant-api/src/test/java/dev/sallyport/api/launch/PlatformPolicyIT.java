package dev.sallyport.api.launch;

import static dev.sallyport.api.launch.Interface.checkProblem;
import static dev.sallyport.api.launch.Interface.checkStatus;
import static dev.sallyport.api.launch.Interface.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.identity.KeyRequest;
import dev.sallyport.api.identity.Role;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.format.Sha256;
import dev.sallyport.policy.Packs;
import dev.sallyport.policy.TenantId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What binds every tenant: the platform's own layer, and the packs that are shipped. */
@ExtendWith(RunningServices.Shared.class)
final class PlatformPolicyIT {
    private static final String PLATFORM = "/admin/v1/platform/policy";

    private final RunningServices running;
    private final Interface calls;
    private final String admin;

    PlatformPolicyIT(RunningServices running) {
        this.running = running;
        calls = running.calls();
        admin = running.key(TenantId.PLATFORM, Role.PLATFORM_ADMIN);
    }

    @Test
    void platformPolicy_published_bindsEveryTenantAtOnce() {
        TenantId tenant = running.tenant("bound");
        String caller = running.issue(tenant, new KeyRequest("sums", Role.CALLER, List.of(), "sums", null))
                .key();
        String reader = running.key(tenant, Role.TENANT_ADMIN);
        checkStatus(calls.put("/admin/v1/tenants/" + tenant + "/policy", reader, Documents.tenant("sums")), 200);
        checkStatus(calls.infer(caller), 200);

        String baseline = Packs.baseline().source();
        String strict = baseline.replace("maxBytes: 8388608", "maxBytes: 16");
        checkStatus(calls.put(PLATFORM, admin, strict), 200);
        try {
            assertThat(checkStatus(calls.infer(caller), 403).body()).contains("INPUT_TOO_LARGE", "platform/baseline");
            HttpResponse<String> read = checkStatus(calls.get(PLATFORM, reader), 200);
            assertThat(read.body()).isEqualTo(strict);
            assertThat(header(read, "Sallyport-Policy-Digest")).isEqualTo(digest(strict));
        } finally {
            checkStatus(calls.put(PLATFORM, admin, baseline), 200);
        }
        checkStatus(calls.infer(caller), 200);
        assertThat(running.actions(TenantId.PLATFORM)).contains("policy.publish");
    }

    @Test
    void platformPolicy_isNeverTakenAway() {
        HttpResponse<String> answer = calls.delete(PLATFORM, admin);
        checkProblem(answer, ProblemCode.METHOD_NOT_ALLOWED);
        assertThat(header(answer, "Allow")).contains("GET").contains("PUT").doesNotContain("DELETE");
    }

    @Test
    void packs_areReadAsTheyAreShipped() {
        Packs.shipped().forEach((id, pack) -> {
            HttpResponse<String> read = checkStatus(calls.get("/admin/v1/packs/" + id, admin), 200);
            assertThat(read.body()).isEqualTo(pack.source());
            assertThat(header(read, "Sallyport-Policy-Digest")).isEqualTo(digest(pack.source()));
        });
        assertThat(Packs.shipped()).containsOnlyKeys("gdpr", "hipaa");
        checkProblem(calls.get("/admin/v1/packs/nope", admin), ProblemCode.NOT_FOUND);
    }

    private static String digest(String source) {
        return Sha256.hex(source.getBytes(StandardCharsets.UTF_8));
    }
}
