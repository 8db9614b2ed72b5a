package dev.sallyport.api.launch;

import static dev.sallyport.api.launch.Interface.checkStatus;
import static dev.sallyport.api.launch.Interface.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.identity.KeyRequest;
import dev.sallyport.api.identity.Role;
import dev.sallyport.policy.TenantId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** State that cannot be read: nothing is decided from what it was before. */
@ExtendWith(RunningServices.Shared.class)
final class UnreadableStateIT {
    private final RunningServices running;
    private final Interface calls;

    UnreadableStateIT(RunningServices running) {
        this.running = running;
        calls = running.calls();
    }

    @Test
    void call_whilePoliciesCannotBeRead_is503_andAnsweredOnceTheyCan() throws SQLException {
        TenantId tenant = running.tenant("unreadable");
        String admin = running.key(tenant, Role.TENANT_ADMIN);
        String source = Documents.tenant("sums");
        checkStatus(calls.put("/admin/v1/tenants/" + tenant + "/policy", admin, source), 200);
        KeyRequest wish = new KeyRequest("sums", Role.CALLER, List.of(), "sums", null);
        String caller = running.issue(tenant, wish).key();
        checkStatus(calls.infer(caller), 200);

        store(tenant, "neither YAML: [nor a policy", "0".repeat(64));
        // Any act has the tenant's state read again.
        running.issue(tenant, wish);
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = checkStatus(calls.infer(caller), 503);
            assertThat(answer.body()).contains("MODEL_UNAVAILABLE").doesNotContain("YAML");
            assertThat(Integer.parseInt(header(answer, "Retry-After"))).isBetween(1, 3600);
        }
        store(tenant, source, "1".repeat(64));
        checkStatus(calls.infer(caller), 200);
    }

    private void store(TenantId tenant, String source, String digest) throws SQLException {
        try (Connection superuser = running.database().superuser();
                PreparedStatement update =
                        superuser.prepareStatement("UPDATE policies SET source = ?, digest = ? WHERE tenant = ?")) {
            update.setBytes(1, source.getBytes(StandardCharsets.UTF_8));
            update.setString(2, digest);
            update.setString(3, tenant.value());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
